import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestAccount } from './emulator/start-account';

const ROOT = join(__dirname, '..', '..');
const CLI = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** What the CLI said and how it ended. */
export interface CdkRun {
  readonly status: number | null;
  /** Standard output and standard error, one after the other. */
  readonly said: string;
}

/** Runs the pinned CDK CLI in a project's folder against the account. */
export async function cdk(account: TestAccount, args: readonly string[], project: string): Promise<CdkRun> {
  // Notices come from the network; the templates go where nothing of the project is written over.
  const general = ['--no-notices', '--progress', 'events', '--output', join(account.folder, 'cdk.out')];
  const child = spawn(process.execPath, [CLI, ...args, ...general], {
    cwd: project,
    env: account.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, said: said.join('\n') };
}
