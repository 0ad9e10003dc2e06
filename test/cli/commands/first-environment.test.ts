import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VALID } from '../../config/valid-environment';
import { run } from '../run';

const project = mkdtempSync(join(tmpdir(), 'first-environment-'));
afterAll(() => rmSync(project, { recursive: true }));

test('verify --local without a name says what to do if there is no file', async () => {
  const none = [2, `✗ there are no environment files in ${project}/environments; write environments/dev.yaml`];
  const { exitCode, err } = await run(['verify', '--local'], { project });
  expect([exitCode, err]).toEqual(none);
  mkdirSync(join(project, 'environments'));
  const empty = await run(['verify', '--local'], { project });
  expect([empty.exitCode, empty.err]).toEqual(none);
});

test('verify --local without a name takes the first file', async () => {
  writeFileSync(join(project, 'environments', 'live.yaml'), VALID.replace('name: dev', 'name: live'));
  writeFileSync(join(project, 'environments', 'zoo.yaml'), 'not: valid');
  const { exitCode, out } = await run(['verify', '--local'], { project });
  expect(out).toContain('✓ live is ready to deploy');
  expect(exitCode).toBe(0);
});
