import type { Place } from '../plan/names/names';
import { AwsFailure, askingAws } from './aws-failure';

/**
 * Makes sure that the credentials are of the environment's account: what another account has, or what is changed there,
 * is no answer.
 *
 * @returns the ARN of who they belong to
 * @throws AwsFailure
 */
export async function requireAccount({ environment, account, region }: Place): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } =
    require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  const identity = await askingAws('find out whose credentials these are', () =>
    new STSClient({ region }).send(new GetCallerIdentityCommand({})),
  );
  if (identity.Account !== account) {
    throw new AwsFailure(
      `the credentials are of the account ${identity.Account} (${identity.Arn}), and ${environment} is in ${account}; use credentials of that account`,
    );
  }
  return identity.Arn ?? identity.Account;
}
