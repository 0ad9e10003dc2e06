import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answerRequests } from '../../../lib/sandbox/answer-requests';
import { CallLog } from '../../../lib/sandbox/call-log';
import { Credentials } from '../../../lib/sandbox/credentials';
import { InjectedFaults } from '../../../lib/sandbox/faults/injected-faults';
import { issueCredentials } from '../../../lib/sandbox/issue-credentials';
import { listenOnLoopback } from '../../../lib/sandbox/transport/listen-on-loopback';
import type { Reply } from '../../../lib/sandbox/transport/reply';
import { application } from '../../plan/environments';
import { ANYTHING, accountOf, type Statement, user } from '../../sandbox/small-account';
import { type Ran, run } from '../run';

/** Answers a call of a model in place of the sandbox. `call` counts the calls of the same target from 1. */
export type Intercept = (target: string, call: number, answer: () => Promise<Reply>) => Promise<Reply>;

/** The account, the file and the faults of a measurement. */
export interface Measuring {
  /** Permissions of the caller. By default, the caller may do anything. */
  readonly statements?: readonly Statement[];
  readonly intercept?: Intercept;
  /** Account of the credentials. By default, it is that of the environment. */
  readonly account?: string;
  readonly models?: Readonly<Record<string, { readonly model: string; readonly routing: string }>>;
  readonly limits?: Readonly<Record<string, unknown>>;
  /** Environment variables, in addition to those of the caller's access key. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}

const NOVA = { main: { model: 'amazon.nova-lite-v1:0', routing: 'regional' } };

/**
 * Measures the routings of a small environment against the sandbox as one of its users, and returns the called targets.
 */
export async function measure(
  { statements = [ANYTHING], intercept = (_, __, answer) => answer(), ...world }: Measuring,
  ...flags: readonly string[]
): Promise<Ran & { readonly called: readonly string[] }> {
  const me = user('me', statements);
  const account = { ...accountOf([me]), accountId: world.account ?? '111122223333' };
  const credentials = new Credentials();
  const answer = answerRequests({
    account,
    reading: 'every',
    credentials,
    log: new CallLog(),
    now: () => new Date(),
    faults: new InjectedFaults([]),
  });
  const called: string[] = [];
  const server = await listenOnLoopback((request) => {
    const target = /^\/model\/([^/]+)\/converse-stream$/.exec(request.path)?.[1];
    if (target === undefined) {
      return answer(request);
    }
    const name = decodeURIComponent(target);
    called.push(name);
    return intercept(name, called.filter((c) => c === name).length, () => answer(request));
  }, 0);
  const key = issueCredentials(account, credentials, new Date(), me.arn);
  const project = mkdtempSync(join(tmpdir(), 'bedrock-access-latency-'));
  const file = {
    ...{ name: 'dev', account: '111122223333', region: 'us-east-1', contact: 'platform@example.com' },
    limits: world.limits ?? {},
    applications: { chat: application({ models: world.models ?? NOVA }) },
  };
  mkdirSync(join(project, 'environments'));
  writeFileSync(join(project, 'environments', 'dev.yaml'), JSON.stringify(file));
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  });
  for (const [name, value] of Object.entries(world.variables ?? {})) {
    delete process.env[name];
    Object.assign(process.env, value === undefined ? {} : { [name]: value });
  }
  try {
    return { ...(await run(['verify', 'dev', '--region-latency', ...flags], { project })), called };
  } finally {
    process.env = before;
    await server.close();
    rmSync(project, { recursive: true });
  }
}
