import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { TestAccount } from './emulator/start-account';

const ROOT = join(__dirname, '..', '..');
const CLI = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');

/** The output of the CLI and its exit code. */
export interface CdkRun {
  readonly status: number | null;
  /** Standard output and standard error, one after the other. */
  readonly output: string;
}

/** Runs the pinned CDK CLI in a project's folder against the account. */
export async function cdk(account: TestAccount, args: readonly string[], project: string): Promise<CdkRun> {
  // Notices would come from the network. The templates go to a folder where they overwrite nothing of the project.
  const general = ['--no-notices', '--progress', 'events', '--output', join(account.folder, 'cdk.out')];
  const child = spawn(process.execPath, [CLI, ...args, ...general], {
    cwd: project,
    env: account.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const output = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, output: output.join('\n') };
}
