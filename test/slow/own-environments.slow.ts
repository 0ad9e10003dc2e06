import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { PROJECT } from '../project';

const ROOT = join(__dirname, '..', '..');
const LEFT_OUT = ['.git', '.venv', 'cdk.out', 'dist', 'environments', 'node_modules'];
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-own-'));
afterAll(() => rmSync(folder, { recursive: true }));

const npm = (...args: readonly string[]) =>
  spawnSync('npm', args, {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? folder, CI: 'true', NO_COLOR: '1' },
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });

// First steps of a user: delete an environment, rename the other, fill in an account id, remove an application.
beforeAll(() => {
  cpSync(ROOT, folder, { recursive: true, filter: (path) => !LEFT_OUT.includes(relative(ROOT, path)) });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'environments'));
  const dev = readFileSync(join(PROJECT, 'environments', 'dev.yaml'), 'utf8');
  const live = dev
    .replace(/^name: dev$/m, 'name: live')
    .replaceAll('111122223333', '222233334444')
    .replace(/^ {2}code-review:\n(?: {4}.*\n|\n)+/m, '');
  expect([live.includes('code-review:'), live.includes('111122223333'), /^name: live$/m.test(live)]).toEqual([
    false,
    false,
    true,
  ]);
  writeFileSync(join(folder, 'environments', 'live.yaml'), live);
});

test('the tests pass with environments of the user', () => {
  const { status, stdout, stderr } = npm('exec', '--', 'jest');
  expect({ status, said: status === 0 ? '' : `${stdout}\n${stderr}` }).toEqual({ status: 0, said: '' });
}, 1_200_000);

test('npm start verifies the environment of the user', () => {
  const { status, stdout } = npm('start', '--silent');
  expect(stdout).toContain('✓ live is ready to deploy: 3 applications');
  expect(status).toBe(0);
});
