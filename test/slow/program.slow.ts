import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut } from '../checkout';
import { PROJECT } from '../project';

const PROGRAM = join(__dirname, '..', '..', 'bin', 'bedrock-access.js');
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-slow-'));
afterAll(() => rmSync(folder, { recursive: true }));
const checkout = join(folder, 'checkout');
checkOut(checkout);
// The first environment file is that of dev, as in a new project.
rmSync(join(checkout, 'environments', 'callers.yaml'));

/** Environment variables without AWS settings, as on a computer without an AWS account. */
const PLAIN = { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder };

function bedrockAccess(
  args: readonly string[],
  { cwd = PROJECT, env = {} }: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
) {
  return spawnSync(process.execPath, [PROGRAM, ...args], { cwd, env: { ...PLAIN, ...env }, encoding: 'utf8' });
}

test('npm start goes from the first environment file to verified access without an AWS account', () => {
  const { status, stdout } = spawnSync('npm', ['start', '--silent'], { cwd: checkout, env: PLAIN, encoding: 'utf8' });
  expect(status).toBe(0);
  expect(stdout).toContain('✓ dev is ready to deploy: 4 applications, 12 profiles.');
  expect(stdout).toContain('151 probes as intended, 0 not.');
  for (const alias of [
    'main',
    'fast',
    'embed',
    'answer',
    'rerank-notes',
    'review',
    'summary',
    'draft',
    'translate',
    'polish',
  ]) {
    expect(stdout).toMatch(new RegExp(`^ {2}\\S+ +${alias} .* ✓ allowed +\\d+ .*\\$0\\.\\d{6}$`, 'm'));
  }
});

test('npm start -- ENV verifies the named environment', () => {
  const { status, stdout } = spawnSync('npm', ['start', '--silent', '--', 'prod'], {
    cwd: checkout,
    env: PLAIN,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  expect(stdout).toContain('✓ prod is ready to deploy: 4 applications, 10 profiles.');
});

test('real-looking AWS settings of the machine are neither used nor shown', () => {
  const env = {
    AWS_ACCESS_KEY_ID: 'AKIACANARYCANARYCANA',
    AWS_SECRET_ACCESS_KEY: 'canary/secret/canary/secret/canary/secre',
    AWS_PROFILE: 'canary-profile',
    AWS_REGION: 'ap-southeast-2',
    AWS_BEARER_TOKEN_BEDROCK: 'ABSKcanary',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  };
  const { status, stdout, stderr } = bedrockAccess(['verify', 'dev', '--local', '--json'], { env });
  expect(status).toBe(0);
  expect(stdout + stderr).not.toMatch(/canary/i);
});

test('no file is left in the temporary folder', () => {
  const before = readdirSync(folder).filter((name) => !name.startsWith('tsx-'));
  expect(bedrockAccess(['verify', 'dev', '--local']).status).toBe(0);
  expect(readdirSync(folder).filter((name) => !name.startsWith('tsx-'))).toEqual(before);
});

test('the program works from a sub-folder of the project and on a file elsewhere', () => {
  expect(bedrockAccess(['check', 'dev'], { cwd: join(PROJECT, 'cli', 'commands') }).status).toBe(0);
  cpSync(join(PROJECT, 'environments', 'dev.yaml'), join(folder, 'elsewhere.yaml'));
  expect(bedrockAccess(['check', 'elsewhere.yaml'], { cwd: folder }).status).toBe(0);
  expect(bedrockAccess(['check', join(folder, 'elsewhere.yaml')]).status).toBe(0);
});

test('a reader that stops reading ends the program quietly', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"${process.execPath}" "${PROGRAM}" plan dev --statements | head -1; exit 0`],
    {
      cwd: PROJECT,
      env: PLAIN,
      encoding: 'utf8',
    },
  );
  expect(status).toBe(0);
  expect(stderr).not.toMatch(/EPIPE|at .*:\d+:\d+/);
});

test('two deep documents in one process give two problems and no abort', () => {
  for (const depth of [2000, 10_000]) {
    writeFileSync(join(folder, `deep-${depth}.yaml`), `a: ${'['.repeat(depth)}${']'.repeat(depth)}\n`);
  }
  const { status, stdout } = bedrockAccess(['check', 'deep-2000.yaml', 'deep-10000.yaml'], { cwd: folder });
  expect(status).toBe(2);
  expect(stdout.match(/nested more than 32 levels deep/g)).toHaveLength(2);
});

test('the sandbox runs until it is stopped, and stops at once', async () => {
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', 'dev'], { cwd: PROJECT, env: PLAIN });
  let printed = '';
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('# as support-chat-api')) {
        resolve();
      }
    });
  });
  expect(printed).toMatch(/^sandbox on http:\/\/127\.0\.0\.1:\d+: loopback only/);
  child.kill('SIGTERM');
  const status = await new Promise((resolve) => child.once('exit', resolve));
  expect(status).toBe(143);
});

const CLIENT = `
const { BedrockRuntimeClient, ConverseCommand } = require('@aws-sdk/client-bedrock-runtime');
const { SSMClient, GetParameterCommand } = require('@aws-sdk/client-ssm');
(async () => {
  const { Parameter } = await new SSMClient({}).send(new GetParameterCommand({ Name: '/bedrock-access/dev/support-chat/main' }));
  const bedrock = new BedrockRuntimeClient({});
  const converse = (modelId) => bedrock.send(new ConverseCommand({ modelId, messages: [{ role: 'user', content: [{ text: 'Hello' }] }] }));
  console.log((await converse(Parameter.Value)).output.message.content[0].text);
  console.log(await converse('amazon.nova-lite-v1:0').catch((error) => error.name));
})();
`;

test("a client runs against the sandbox as the application's role", () => {
  const { status, stdout } = bedrockAccess([
    'sandbox',
    'dev',
    '--as',
    'dev_support-chat_lambda',
    '--',
    process.execPath,
    '-e',
    CLIENT,
  ]);
  expect(stdout).toContain('[bedrock-access sandbox]');
  expect(stdout).toContain('AccessDeniedException');
  expect(status).toBe(0);
});

test('sandbox ends with the exit code of its command', () => {
  expect(bedrockAccess(['sandbox', 'dev', '--', process.execPath, '-e', 'process.exit(7)']).status).toBe(7);
});

test('a signal to only the sandbox also ends the command that it runs', async () => {
  const wait = ['-e', 'console.log(process.pid); setInterval(() => {}, 1000)'];
  const child = spawn(process.execPath, [PROGRAM, 'sandbox', 'dev', '--', process.execPath, ...wait], {
    cwd: PROJECT,
    env: PLAIN,
  });
  const pid = await new Promise<number>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk))),
  );
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(143);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('an error while writing the output is reported in one line', () => {
  const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${PROGRAM}" plan dev > /dev/full`], {
    cwd: PROJECT,
    env: PLAIN,
    encoding: 'utf8',
  });
  expect(stderr).toContain('✗ the output cannot be written (ENOSPC)\n');
  expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m);
  expect(status).toBe(3);
});
