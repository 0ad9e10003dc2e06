import type { Place } from '../plan/names/names';
import { AwsFailure, callAws } from './aws-failure';

/**
 * Makes sure that the credentials belong to the environment's account. Otherwise a command would read or change another
 * account.
 *
 * @returns the ARN of the principal that the credentials belong to
 * @throws AwsFailure when they belong to another account, or when STS cannot be called
 */
export async function requireAccount({ environment, account, region }: Place): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } =
    require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  const identity = await callAws('find out whose credentials these are', () =>
    new STSClient({ region }).send(new GetCallerIdentityCommand({})),
  );
  if (identity.Account !== account) {
    throw new AwsFailure(
      `the credentials belong to account ${identity.Account} (${identity.Arn}), but ${environment} is in account ${account}; use credentials of that account`,
    );
  }
  return identity.Arn ?? identity.Account;
}
