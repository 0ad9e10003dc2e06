import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../run';

test('every principal that can call a model is listed, with the profile and the deciding statements', async () => {
  const { exitCode, out } = await run(['access', 'dev', '--principal', 'alice', '--model', 'amazon.nova-pro-v1:0']);
  const [verdict, , , row] = out.split('\n');
  expect(verdict).toBe('dev (us-east-1): 1 principal, 1 way to a model. Every call goes through the named profile.');
  expect(row?.trim().split(/ {2,}/)).toEqual([
    'user alice',
    'market-report/polish',
    'amazon.nova-pro-v1:0',
    'regional (us-east-1)',
    'dev_market-report_polish_nova-pro_b5a7d8',
    'yes',
    'dev_market-report_access-1 Polishb5a7d8Model, Polishb5a7d8Profile',
  ]);
  expect(out).toContain(
    'user alice exists already: the table shows only what the templates add; its other policies were not examined.',
  );
  expect(out).toContain('✓ proven: no principal can do anything else.');
  expect(exitCode).toBe(0);
});

test('a guardrail that every call must name has its own field', async () => {
  const { out } = await run(['access', 'prod', '--principal', 'role prod_support-chat_lambda', '--json']);
  const { access } = JSON.parse(out) as { access: readonly { alias: string; guardrail?: string }[] };
  expect(access.map(({ alias, guardrail }) => [alias, guardrail])).toEqual([
    ['embed', undefined],
    ['fast', 'abcdefgh1234:1'],
    ['main', 'abcdefgh1234:1'],
  ]);
});

test.each([
  ['--principal', 'alce', "--principal 'alce' is not in the environment; did you mean 'alice'?"],
  [
    '--model',
    'amazon.nova-pro',
    "--model 'amazon.nova-pro' is not in the environment; did you mean 'amazon.nova-pro-v1:0'?",
  ],
  ['--model', 'x', "--model 'x' is not in the environment; it has: amazon.nova-lite-v1:0"],
])('%s %s is refused, and the message lists the allowed values', async (flag, value, message) => {
  const { exitCode, err } = await run(['access', 'dev', flag, value]);
  expect(err).toContain(message);
  expect(exitCode).toBe(2);
});

test('--out writes the rows with conditions as columns', async () => {
  const file = join(tmpdir(), `bedrock-access-${process.pid}.csv`);
  await run(['access', 'dev', '--model', 'amazon.nova-pro-v1:0', '--out', file]);
  const [heading, ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  rmSync(file);
  expect(heading).toContain('bedrock:InferenceProfileArn,bedrock:GuardrailIdentifier');
  expect(rows.length).toBe(4);
  expect(rows.every((r) => r.includes('dev_market-report_polish_nova-pro_b5a7d8'))).toBe(true);
});
