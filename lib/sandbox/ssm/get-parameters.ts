import type { JsonField } from '../json-field';
import type { Operation } from '../operation';
import { onlyKeys } from './only-keys';
import { askedArn, findParameter, parameterShape } from './parameter';

/** GetParameters: one to ten names, each of them decided by itself; one that is denied denies the call. */
export function getParameters(operation: Operation, input: JsonField): unknown {
  onlyKeys(input, ['Names', 'WithDecryption']);
  const { account } = operation.world;
  const names = input
    .at('Names')
    .list()
    .map((name) => name.text());
  input.at('WithDecryption').boolean();
  if (names.length < 1 || names.length > 10) {
    throw input.at('Names').invalid('must hold 1 to 10 names');
  }
  operation.authorise(
    'GetParameters',
    names.join(','),
    names.map((name) => ({ action: 'ssm:GetParameters', resource: askedArn(account, name), context: {} })),
  );
  const found = names.map((name) => ({ name, parameter: findParameter(account, name) }));
  return {
    Parameters: found.flatMap(({ parameter }) => (parameter === undefined ? [] : [parameterShape(account, parameter)])),
    InvalidParameters: found.filter(({ parameter }) => parameter === undefined).map(({ name }) => name),
  };
}
