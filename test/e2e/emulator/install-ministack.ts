import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REQUIREMENTS = join(__dirname, 'requirements.txt');
const VENV = join(__dirname, '..', '..', '..', '.venv', 'e2e');
/** File that is written last, so that an interrupted installation starts again. */
const STAMP = join(VENV, 'installed');

/** Python interpreter with MiniStack, after the installation. */
export const PYTHON = join(VENV, 'bin', 'python');

const LOOK = 'import ensurepip, sys, venv; print(sys.version); sys.exit(not (3, 10) <= sys.version_info < (3, 15))';
const python = spawnSync('python3', ['-c', LOOK], { encoding: 'utf8' });

/** True if this machine can run the emulated account. */
export const canRun = python.status === 0;
/** Part of the title of every test that needs the account, so that a skipped test gives the reason. */
export const UNLESS = 'skipped without a python3 of 3.10 to 3.14 with venv';

/** Installs MiniStack into its own virtual environment, only from wheels with the digests in requirements.txt. */
export function installMiniStack(): void {
  const wanted = createHash('sha256').update(readFileSync(REQUIREMENTS)).update(python.stdout).digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    return;
  }
  rmSync(VENV, { recursive: true, force: true });
  run('python3', ['-m', 'venv', VENV]);
  const pinned = ['--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', REQUIREMENTS];
  run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...pinned]);
  writeFileSync(STAMP, wanted);
}

function run(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) {
    throw new Error(`${program} ${args.join(' ')} ended with exit code ${status}: ${stderr}`);
  }
}
