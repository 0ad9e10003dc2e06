import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';
import type { Operation } from '../operation';
import { onlyKeys } from './only-keys';
import { askedArn, findParameter, parameterShape } from './parameter';

/** GetParameter. `WithDecryption` changes nothing: every parameter here is a String. */
export function getParameter(operation: Operation, input: JsonField): unknown {
  onlyKeys(input, ['Name', 'WithDecryption']);
  const { account } = operation.world;
  const name = input.at('Name').text();
  input.at('WithDecryption').boolean();
  operation.authorise('GetParameter', name, [
    { action: 'ssm:GetParameter', resource: askedArn(account, name), context: {} },
  ]);
  const parameter = findParameter(account, name);
  if (parameter === undefined) {
    throw new AwsError(400, 'ParameterNotFound', `Parameter ${name} not found.`);
  }
  return { Parameter: parameterShape(account, parameter) };
}
