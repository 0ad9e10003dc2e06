import type { FoundationModel } from '../../catalog/foundation-model';
import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';
import type { Reply } from '../transport/reply';
import { embedCohere } from './embed-cohere';
import { embedNova } from './embed-nova';
import { embedTitan } from './embed-titan';
import { embedTitanImage } from './embed-titan-image';
import type { Embed } from './embedding';

/** Families by the prefix of the model id. The first match applies, so a longer prefix comes before a shorter one. */
const FAMILIES: readonly (readonly [string, Embed])[] = [
  ['amazon.titan-embed-image', embedTitanImage],
  ['amazon.titan-embed', embedTitan],
  ['amazon.nova-2-multimodal-embeddings', embedNova],
  ['cohere.embed', embedCohere],
];

/** Answers InvokeModel for embedding models. */
export function embed(body: JsonField, model: FoundationModel): Reply {
  const family = FAMILIES.find(([start]) => model.modelId.startsWith(start));
  if (model.kind !== 'embedding' || family === undefined) {
    throw new AwsError(
      400,
      'ValidationException',
      `the sandbox serves InvokeModel for embedding models only; call ${model.modelId} with Converse`,
    );
  }
  const { answer, inputTokens } = family[1](body, model);
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amzn-bedrock-input-token-count': String(inputTokens),
      'x-amzn-bedrock-invocation-latency': String(20 + inputTokens),
    },
    body: JSON.stringify(answer),
  };
}
