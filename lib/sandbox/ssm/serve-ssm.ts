import { AwsError } from '../aws-error';
import { JsonField } from '../json-field';
import type { Operation } from '../operation';
import type { Reply } from '../transport/reply';
import { getParameter } from './get-parameter';
import { getParameters } from './get-parameters';
import { getParametersByPath } from './get-parameters-by-path';

const OPERATIONS: ReadonlyMap<string, (operation: Operation, input: JsonField) => unknown> = new Map([
  ['GetParameter', getParameter],
  ['GetParameters', getParameters],
  ['GetParametersByPath', getParametersByPath],
]);

/** Answers the operations of Systems Manager that read parameters. */
export function serveSsm(operation: Operation): Reply {
  const target = operation.request.headers.get('x-amz-target')?.[0] ?? '';
  const serve = target.startsWith('AmazonSSM.') ? OPERATIONS.get(target.slice('AmazonSSM.'.length)) : undefined;
  if (serve === undefined || operation.request.method !== 'POST') {
    throw new AwsError(400, 'UnknownOperationException', `the sandbox does not serve ${target.slice(0, 200)}`);
  }
  const output = serve(operation, JsonField.fromBody(operation.request.body));
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(output),
  };
}
