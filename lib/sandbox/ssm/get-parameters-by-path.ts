import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';
import type { Operation } from '../operation';
import { parameterArn, parameterShape } from './parameter';
import { refuseUnknownKeys } from './refuse-unknown-keys';

const MAX_RESULTS = 10;

/** Decodes a page token into the position of the page's first parameter. A token holds nothing else. */
function readPosition(token: JsonField): number {
  const text = token.present ? Buffer.from(token.text(), 'base64url').toString() : 'after:0';
  const at = /^after:(\d{1,6})$/.exec(text)?.[1];
  if (at === undefined) {
    throw new AwsError(400, 'InvalidNextToken', 'The specified token is not valid.');
  }
  return Number(at);
}

/** Answers GetParametersByPath: the parameters one level below a path or, when recursive, all below it. */
export function getParametersByPath(operation: Operation, input: JsonField): unknown {
  refuseUnknownKeys(input, ['Path', 'Recursive', 'MaxResults', 'NextToken', 'WithDecryption']);
  const { account } = operation.state;
  const path = input.at('Path').text();
  if (!path.startsWith('/')) {
    throw input.at('Path').invalid('must begin with /');
  }
  const folder = path.replace(/\/+$/, '');
  const recursive = input.at('Recursive').boolean() ?? false;
  const size = input.at('MaxResults').integer(1, MAX_RESULTS) ?? MAX_RESULTS;
  const start = readPosition(input.at('NextToken'));
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
