import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import type { Credentials, TestAccount } from './emulator/start-account';

/** Credentials as STS answers them. */
interface Given {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
}

export function sessionOf({ AccessKeyId = '', SecretAccessKey = '', SessionToken = '' }: Given = {}): Credentials {
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

/** The session `e2e` of a role, of the administrator's asking unless other credentials are given. */
export async function assume(
  account: TestAccount,
  roleArn: string,
  { by = account.administrator, ...input }: Partial<AssumeRoleCommandInput> & { readonly by?: Credentials } = {},
): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'e2e', ...input });
  return sessionOf((await account.connect(STSClient, by).send(command)).Credentials);
}
