import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import type { Credentials, TestAccount } from './emulator/start-account';

/** Credentials in the form in which STS returns them. */
interface StsCredentials {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}

export function sessionOf({
  AccessKeyId = '',
  SecretAccessKey = '',
  SessionToken = '',
}: StsCredentials = {}): Credentials {
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** Assumes a role as the session `e2e`, with the administrator's credentials unless others are given. */
export async function assume(
  account: TestAccount,
  roleArn: string,
  { by = account.administrator, ...input }: Partial<AssumeRoleCommandInput> & { readonly by?: Credentials } = {},
): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'e2e', ...input });
  return sessionOf((await account.connect(STSClient, by).send(command)).Credentials);
}
