import type { Account } from '../../account/account';
import type { Guardrail } from '../../account/invoke-checks';
import { regionalArn } from '../../catalog/arn';
import { AwsError } from '../aws-error';

/** Checks the identifier and version of a guardrail. The identifier is an id or an ARN in this account and Region. */
export function readGuardrail(
  { partition, region, accountId }: Account,
  identifier: string,
  version: string,
): Guardrail {
  const prefix = regionalArn({ partition, region, account: accountId }, 'bedrock', 'guardrail/');
  const id = identifier.startsWith(prefix) ? identifier.slice(prefix.length) : identifier;
  if (!/^[a-z0-9]+$/.test(id)) {
    throw new AwsError(400, 'ValidationException', 'The provided guardrail identifier is invalid.');
  }
  if (!/^(DRAFT|[1-9]\d{0,7})$/.test(version)) {
    throw new AwsError(400, 'ValidationException', 'The provided guardrail version is invalid: DRAFT or a number.');
  }
  const arn = `${prefix}${id}`;
  return { arn, identifier: version === 'DRAFT' ? arn : `${arn}:${version}` };
}
