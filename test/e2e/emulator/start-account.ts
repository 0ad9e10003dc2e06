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

/** Settings of a client of the AWS SDK. */
interface ClientConfig {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: Credentials;
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** An emulated AWS account on the loopback interface. It runs until it is stopped or its parent process ends. */
export interface TestAccount extends AccountOptions {
  readonly url: string;
  readonly processId: number;
  /** Temporary folder, which is deleted when the account is stopped. */
  readonly folder: string;
  /** PEM file with the certificate, which every caller of the account must trust. */
  readonly certificate: string;
  /** Credentials of an IAM user with AdministratorAccess, whose requests are signed, verified and authorized. */
  readonly administrator: Credentials;
  /** Environment variables of child processes that act as the administrator, without this process's AWS settings. */
  readonly environment: Readonly<Record<string, string>>;
  /** Creates a client of the AWS SDK, with the administrator's credentials unless others are given. */
  connect<Client>(client: new (config: ClientConfig) => Client, credentials?: Credentials): Client;
  /** Supported resource types of CloudFormation: those of MiniStack, and those that the launcher adds. */
  readonly types: { readonly own: readonly string[]; readonly added: readonly string[] };
  /** Sets the reading by which calls of models are authorized. */
  read(reading: SystemProfileReading): void;
  /** Returns the end of MiniStack's log. */
  log(): string;
  stop(): Promise<void>;
}

/** Key of the account's root in MiniStack, with any secret. Calls that must be denied never use it. */
export const ROOT: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Search path that starts with the `node` of this process, whose version is under test. */
const PATH = [dirname(process.execPath), process.env['PATH'] ?? ''].join(':');

/** Installs MiniStack if necessary, and starts an account with one user, the administrator. */
export async function startAccount(options: AccountOptions): Promise<TestAccount> {
  installMiniStack();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'bedrock-access-e2e-')));
  const { accountId: account, region } = options;
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ account, region }));
  writeFileSync(join(folder, 'models.json'), JSON.stringify(modelFacts()));
  const read = (reading: SystemProfileReading) => writeFileSync(join(folder, 'reading'), reading);
  read(options.reading);

  // The account ends when its standard input is closed, at the latest with this process.
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
    // The SDK's default for Bedrock is HTTP/2, whose requests MiniStack does not verify.
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
    // The CDK CLI caches there which account a key belongs to.
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
