import { AwsError } from '../aws-error';
import type { Operation } from '../operation';
import type { Reply } from '../transport/reply';
import { getInferenceProfile } from './get-inference-profile';
import { runtimeOperation } from './runtime-operation';

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError(400, 'ValidationException', `the path has a malformed percent-encoding: ${segment}`);
  }
}

/** Answers requests to the endpoints `bedrock` and `bedrock-runtime`, which both sign as the service `bedrock`. */
export function serveBedrock(operation: Operation): Reply {
  const { method, path } = operation.request;
  const [, first, id, last, ...rest] = path.split('/');
  if (method === 'GET' && first === 'inference-profiles' && id && last === undefined) {
    return getInferenceProfile(operation, decode(id));
  }
  if (method === 'POST' && first === 'model' && id && last && rest.length === 0) {
    return runtimeOperation(operation, decode(id), last);
  }
  throw new AwsError(404, 'UnknownOperationException', `the sandbox does not serve ${method} ${path.slice(0, 200)}`);
}
