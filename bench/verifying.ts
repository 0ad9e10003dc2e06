import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { bundleFunction } from '../lib/constructs/bundle-function';
import { type ManyAliases, startManyAliases } from './many-aliases';

/** Measurements of one run of the function's bundle in its own process. */
export interface Verifying {
  readonly aliases: number;
  /** Number of calls to Bedrock. */
  readonly calls: number;
  /** Maximum number of concurrent calls. */
  readonly atOnce: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Peak memory of the process, in MiB. */
  readonly mebibytes: number;
  /** Size of the answer as JSON. */
  readonly bytes: number;
  /** Number of results in the answer. */
  readonly shown: number;
}

/**
 * Heap limits that Lambda sets for Node in a 128 MB function: 90 % for the old generation and 5 % for a semi-space of
 * the young one (bootstrap of the Node.js runtimes). A run that finishes within them needs no larger function.
 */
const SMALLEST_FUNCTION = ['--max-old-space-size=115', '--max-semi-space-size=6'];

const RUNNER = `
require('./index.js').handler(JSON.parse(process.env.EVENT), { getRemainingTimeInMillis: () => 900_000 - performance.now() })
  .then((result) => console.log(JSON.stringify({
    seconds: performance.now() / 1000,
    bytes: Buffer.byteLength(JSON.stringify(result)),
    shown: result.probes.length,
    shortened: result.shortened,
  })));
`;

export async function measureVerifying(account: ManyAliases, event: unknown = {}): Promise<Verifying> {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-bench-'));
  const server = await startManyAliases(account);
  try {
    bundleFunction('verify', folder);
    const usageFile = join(folder, 'usage.json');
    const child = spawn(
      process.execPath,
      [...SMALLEST_FUNCTION, '-r', join(__dirname, 'report-usage.js'), '-e', RUNNER],
      {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...{
            AWS_REGION: 'us-east-1',
            AWS_ENDPOINT_URL: server.url,
            USAGE_FILE: usageFile,
            EVENT: JSON.stringify(event),
          },
          ...{ AWS_ACCESS_KEY_ID: 'ASIABENCH', AWS_SECRET_ACCESS_KEY: 's'.repeat(40), AWS_SESSION_TOKEN: 't' },
          NODE_NO_WARNINGS: '1',
          ENVIRONMENT: 'bench',
          PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/{application}/probe',
          POLICIES_PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/{application}/policies',
          DECOY_PROFILE_ARN: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/decoy',
        },
      },
    );
    let last = '';
    createInterface({ input: child.stdout }).on('line', (line) => {
      last = line;
    });
    await new Promise((resolve) => child.once('close', resolve));
    return {
      aliases: account.applications * account.aliases,
      calls: server.requests.bedrock,
      atOnce: server.requests.maxConcurrent,
      ...JSON.parse(last),
      ...JSON.parse(readFileSync(usageFile, 'utf8')),
    };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}
