import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';
import type { Operation } from '../operation';
import { findParameter, parameterShape, requestedArn } from './parameter';
import { refuseUnknownKeys } from './refuse-unknown-keys';

/** Answers GetParameter. `WithDecryption` has no effect, because every parameter is a String. */
export function getParameter(operation: Operation, input: JsonField): unknown {
  refuseUnknownKeys(input, ['Name', 'WithDecryption']);
  const { account } = operation.state;
  const name = input.at('Name').text();
  input.at('WithDecryption').boolean();
  operation.authorise('GetParameter', name, [
    { action: 'ssm:GetParameter', resource: requestedArn(account, name), context: {} },
  ]);
  const parameter = findParameter(account, name);
  if (parameter === undefined) {
    throw new AwsError(400, 'ParameterNotFound', `Parameter ${name} not found.`);
  }
  return { Parameter: parameterShape(account, parameter) };
}
