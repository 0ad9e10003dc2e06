import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../project';

const ROOT = join(__dirname, '..', '..');
/** Kept between runs, so that boto3 is installed only once. */
const VENV = join(ROOT, '.venv', 'boto3');
const PYTHON = join(VENV, 'bin', 'python');
const BOTO3 = 'boto3==1.44.5';

const python = spawnSync('python3', ['-c', 'import ensurepip, venv']).status === 0;
// A machine without Python and its venv cannot run this: jest reports the test as skipped, and its title says why.
const onPython = python ? test : test.skip;

onPython('boto3 is served over HTTP/1.1 (skipped where there is no python3 with venv)', () => {
  if (!existsSync(PYTHON)) {
    expect(spawnSync('python3', ['-m', 'venv', VENV]).status).toBe(0);
  }
  const installed = spawnSync(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', BOTO3], {
    encoding: 'utf8',
  });
  expect(installed.stderr).toBe('');
  const sandbox = spawnSync(
    process.execPath,
    [
      join(ROOT, 'bin', 'bedrock-access.js'),
      ...['sandbox', 'dev', '--as', 'dev_support-chat_lambda', '--'],
      ...[PYTHON, '-c', READ_PROFILE, PYTHON, join(__dirname, '..', 'sandbox', 'boto3_check.py')],
    ],
    { cwd: PROJECT, env: { PATH: process.env['PATH'] ?? '', HOME: VENV }, encoding: 'utf8' },
  );
  expect(sandbox.stderr).not.toMatch(/not so|Traceback/);
  expect(sandbox.stdout).toMatch(/^ok \d+ checks$/m);
  expect(sandbox.status).toBe(0);
});

/** Finds the profile through the alias, as an application does, and then runs the checks on it. */
const READ_PROFILE = `
import os, subprocess, sys, boto3
name = "/bedrock-access/dev/support-chat/main"
arn = boto3.client("ssm").get_parameter(Name=name)["Parameter"]["Value"]
sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "PROFILE_ARN": arn, "PARAMETER_NAME": name}).returncode)
`;
