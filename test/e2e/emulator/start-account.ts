import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { SystemProfileReading } from '../../../lib/account/system-profile-reading';
import { modelFacts } from '../model-facts';
import { installMiniStack, PYTHON } from './install-ministack';

export interface AccountOptions {
  readonly accountId: string;
  readonly region: string;
  readonly reading: SystemProfileReading;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What every client of the AWS SDK takes. */
interface ClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** An AWS account that listens on the loopback until it is stopped, or until the process that started it ends. */
export interface TestAccount extends AccountOptions {
  readonly url: string;
  readonly processId: number;
  /** Gone when the account is stopped. */
  readonly folder: string;
  /** PEM file; whoever calls the account must trust it. */
  readonly certificate: string;
  /** Of an IAM user with AdministratorAccess: its requests are signed, verified and authorised. */
  readonly administrator: Credentials;
  /** For child processes that act as the administrator. Nothing of this process's own AWS settings is in it. */
  readonly environment: Readonly<Record<string, string>>;
  /** A client of the AWS SDK, of the administrator unless other credentials are given. */
  connect<Client>(client: new (config: ClientConfig) => Client, credentials?: Credentials): Client;
  /** Resource types of CloudFormation: MiniStack's own, and those the launcher adds. */
  readonly types: { readonly own: readonly string[]; readonly added: readonly string[] };
  /** How calls of models are authorised from now on. */
  read(reading: SystemProfileReading): void;
  /** The last that MiniStack wrote. */
  log(): string;
  stop(): Promise<void>;
}

/** MiniStack takes this key for the account's root, whatever the secret: never use it for what must be refused. */
export const ROOT: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** `node` of this process, whose version is the one under test, before any other. */
const PATH = [dirname(process.execPath), process.env['PATH'] ?? ''].join(':');

/** Installs MiniStack where it is not, and starts an account with one user, the administrator. */
export async function startAccount(options: AccountOptions): Promise<TestAccount> {
  installMiniStack();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bedrock-access-e2e-')));
  const { accountId: account, region } = options;
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ account, region }));
  writeFileSync(join(folder, 'models.json'), JSON.stringify(modelFacts()));
  const read = (reading: SystemProfileReading) => writeFileSync(join(folder, 'reading'), reading);
  read(options.reading);

  // Its standard input stays open as long as this process lives, and with its end the account ends.
  const child = spawn(PYTHON, [join(__dirname, 'launcher.py'), folder], {
    stdio: 'pipe',
    env: { PATH, HOME: folder, PYTHONDONTWRITEBYTECODE: '1' },
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log = (log + chunk.toString()).slice(-20_000);
  });
  const ended = once(child, 'exit');
  const lines = createInterface(child.stdout);
  const ready: unknown = await Promise.race([once(lines, 'line'), ended.then(() => undefined)]);
  if (!Array.isArray(ready)) {
    throw new Error(`the account did not start: ${log}`);
  }
  const { url, certificate, types }: Pick<TestAccount, 'url' | 'certificate' | 'types'> = JSON.parse(ready[0]);

  const agent = new Agent({ ca: readFileSync(certificate), keepAlive: true });
  const connect = <Client>(Client: new (config: ClientConfig) => Client, credentials: Credentials): Client =>
    // The SDK's own handler for Bedrock speaks HTTP/2, whose requests MiniStack does not verify.
    new Client({
      region,
      endpoint: url,
      credentials,
      maxAttempts: 1,
      requestHandler: new NodeHttpHandler({ httpsAgent: agent }),
    });
  const administrator = await createAdministrator(connect(IAMClient, ROOT));
  return {
    ...options,
    url,
    processId: child.pid ?? 0,
    folder,
    certificate,
    administrator,
    types,
    environment: environmentOf(folder, url, certificate, region, administrator),
    connect: (Client, credentials = administrator) => connect(Client, credentials),
    read,
    log: () => log,
    async stop() {
      agent.destroy();
      child.stdin.end();
      await ended;
    },
  };
}

async function createAdministrator(iam: IAMClient): Promise<Credentials> {
  const UserName = 'administrator';
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }));
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
  return { accessKeyId: AccessKey?.AccessKeyId ?? '', secretAccessKey: AccessKey?.SecretAccessKey ?? '' };
}

function environmentOf(
  folder: string,
  url: string,
  certificate: string,
  region: string,
  { accessKeyId, secretAccessKey }: Credentials,
): Readonly<Record<string, string>> {
  const home = join(folder, 'home');
  mkdirSync(home);
  return {
    PATH,
    HOME: home,
    // The CDK CLI keeps there which account a key belongs to.
    CDK_HOME: join(home, '.cdk'),
    TMPDIR: folder,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CA_BUNDLE: certificate,
    NODE_EXTRA_CA_CERTS: certificate,
    CDK_DISABLE_VERSION_CHECK: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    CI: 'true',
    NO_COLOR: '1',
  };
}
