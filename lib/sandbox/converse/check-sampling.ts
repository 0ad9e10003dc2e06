import type { FoundationModel, Sampling } from '../../catalog/foundation-model';
import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';

/** Paths in `additionalModelRequestFields` where clients put topK: Claude's, Nova's, and one that neither reads. */
const TOP_K = ['top_k', 'inferenceConfig.topK', 'topK'];

/** Refuses sampling parameters that the catalog knows the model refuses, with Bedrock's message. */
export function checkSampling(body: JsonField, { sampling }: FoundationModel): void {
  const message = sampling === undefined ? undefined : refusal(body, sampling);
  if (message !== undefined) {
    throw new AwsError(400, 'ValidationException', message);
  }
}

function refusal(body: JsonField, sampling: Sampling | false): string | undefined {
  const [inference, additional] = [body.at('inferenceConfig'), body.at('additionalModelRequestFields')];
  const topK = TOP_K.filter((path) => path.split('.').reduce((field, key) => field.at(key), additional).present);
  const temperature = inference.at('temperature').present;
  const topP = inference.at('topP').present;
  if (sampling === false) {
    const [firstSet] = [...(temperature ? ['temperature'] : []), ...(topP ? ['top_p'] : []), ...topK];
    return firstSet && `${firstSet} is deprecated for this model.`;
  }
  if (temperature && topP && sampling.together === false) {
    return '`temperature` and `top_p` cannot both be specified for this model. Please use only one.';
  }
  const misplaced = sampling.topK === undefined ? undefined : topK.find((path) => path !== sampling.topK);
  return (
    misplaced &&
    `Malformed input request: #: extraneous key [${misplaced.split('.')[0]}] is not permitted, please reformat your input and try again.`
  );
}
