import type { JsonField } from '../json-field';
import type { Operation } from '../operation';
import { findParameter, parameterShape, requestedArn } from './parameter';
import { refuseUnknownKeys } from './refuse-unknown-keys';

/** Answers GetParameters for one to ten names. IAM decides each name, and one denied name denies the call. */
export function getParameters(operation: Operation, input: JsonField): unknown {
  refuseUnknownKeys(input, ['Names', 'WithDecryption']);
  const { account } = operation.state;
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
    names.map((name) => ({ action: 'ssm:GetParameters', resource: requestedArn(account, name), context: {} })),
  );
  const lookups = names.map((name) => ({ name, parameter: findParameter(account, name) }));
  return {
    Parameters: lookups.flatMap(({ parameter }) =>
      parameter === undefined ? [] : [parameterShape(account, parameter)],
    ),
    InvalidParameters: lookups.filter(({ parameter }) => parameter === undefined).map(({ name }) => name),
  };
}
