import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MINISTACK_VENV } from '../oracle/engines/ministack';
import { runOracle } from '../oracle/run-oracle';

const PYTHON = join(MINISTACK_VENV, 'bin', 'python');
/** The evaluator needs only the standard library, so the dependencies of the emulator are not installed. */
const INSTALL = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', 'ministack==1.5.33'];

const python = spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0;
// A machine without Python and its venv cannot run this: jest reports the test as skipped, and its title says why.
const onPython = python ? test : test.skip;

onPython(
  'lib/iam decides 200,000 random requests as MiniStack does (skipped where there is no python3 with venv)',
  async () => {
    if (!existsSync(PYTHON)) {
      expect(spawnSync('python3', ['-m', 'venv', MINISTACK_VENV]).status).toBe(0);
    }
    expect(spawnSync(PYTHON, INSTALL, { encoding: 'utf8' }).stderr).toBe('');
    const order = { engine: 'MiniStack', wanted: 200_000, requestsPerCase: 4, sampleEvery: 3 } as const;
    expect(await runOracle(order)).toEqual([]);
  },
  900_000,
);
