import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'bedrock-access.js');

/** Runs a command in a project's folder, with these environment variables only. */
export function bedrockAccess(cwd: string, env: Readonly<Record<string, string>>, ...args: readonly string[]) {
  return spawnSync(process.execPath, [PROGRAM, ...args], { cwd, env, encoding: 'utf8' });
}
