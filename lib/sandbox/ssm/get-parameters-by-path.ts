import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';
import type { Operation } from '../operation';
import { onlyKeys } from './only-keys';
import { parameterArn, parameterShape } from './parameter';

const MOST = 10;

/** Where the page after `token` begins; the token is the position, and nothing about access. */
function startOf(token: JsonField): number {
  const text = token.present ? Buffer.from(token.text(), 'base64url').toString() : 'after:0';
  const at = /^after:(\d{1,6})$/.exec(text)?.[1];
  if (at === undefined) {
    throw new AwsError(400, 'InvalidNextToken', 'The specified token is not valid.');
  }
  return Number(at);
}

/** GetParametersByPath: the level below a path, or everything below it. */
export function getParametersByPath(operation: Operation, input: JsonField): unknown {
  onlyKeys(input, ['Path', 'Recursive', 'MaxResults', 'NextToken', 'WithDecryption']);
  const { account } = operation.world;
  const path = input.at('Path').text();
  if (!path.startsWith('/')) {
    throw input.at('Path').invalid('must begin with /');
  }
  const folder = path.replace(/\/+$/, '');
  const recursive = input.at('Recursive').boolean() ?? false;
  const size = input.at('MaxResults').integer(1, MOST) ?? MOST;
  const start = startOf(input.at('NextToken'));
  input.at('WithDecryption').boolean();
  operation.authorise('GetParametersByPath', path, [
    { action: 'ssm:GetParametersByPath', resource: parameterArn(account, folder), context: {} },
  ]);
  const below = account.parameters
    .filter(({ name }) => name.startsWith(`${folder}/`) && (recursive || !name.slice(folder.length + 1).includes('/')))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    Parameters: below.slice(start, start + size).map((parameter) => parameterShape(account, parameter)),
    ...(start + size < below.length && { NextToken: Buffer.from(`after:${start + size}`).toString('base64url') }),
  };
}
