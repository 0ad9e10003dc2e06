import type { ProbeResult, VerificationResult } from '../../../lib/proof/verification/verification-result';
import { totalDollars } from '../../../lib/report/verification/estimated-usd';
import { allowedTable, deniedTable } from '../../../lib/report/verification/probe-tables';

const probe = (changes: Partial<ProbeResult>): ProbeResult => ({
  application: 'shop',
  alias: 'main',
  generation: 'g1',
  modelId: 'anthropic.claude-sonnet-4-6',
  routing: 'us',
  probe: 'text',
  expected: 'allowed',
  outcome: 'allowed',
  asIntended: true,
  principal: 'arn:aws:iam::111122223333:role/probe',
  target: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc',
  inputTokens: 100,
  outputTokens: 10,
  milliseconds: 20,
  attempts: 1,
  ...changes,
});
const resultOf = (...probes: readonly ProbeResult[]): VerificationResult => ({
  schemaVersion: 1,
  environment: 'dev',
  region: 'us-east-1',
  milliseconds: 1,
  probes,
});
/** Returns the cells of each row without their padding. */
const rows = (lines: readonly string[]): readonly string[] => lines.map((line) => line.trim().replace(/ {2,}/g, ' | '));

test('probes of a generation with the same outcome are one row with their sums', () => {
  const { inputTokens: _, outputTokens: __, ...refused } = probe({ outcome: 'unavailable', asIntended: false });
  const lines = allowedTable(
    resultOf(probe({}), probe({ probe: 'stream' }), { ...refused, probe: 'image' }, probe({ generation: 'g2' })),
    'us-east-1',
  );
  expect(rows(lines)).toEqual([
    'application | alias | model | routing | probe | outcome | in | out | ms | est. USD',
    'shop | main | anthropic.claude-sonnet-4-6 | us | text stream | ✓ allowed | 200 | 20 | 40 | $0.000990',
    'shop | main | anthropic.claude-sonnet-4-6 | us | image | ✗ unavailable | 20 | unknown',
    'shop | main | anthropic.claude-sonnet-4-6 | us | text | ✓ allowed | 100 | 10 | 20 | $0.000495',
  ]);
});

test('a probe that was retried has its own row, with the number of attempts', () => {
  const [heading, ...lines] = rows(
    allowedTable(resultOf(probe({}), probe({ probe: 'turns', attempts: 3 })), 'us-east-1'),
  );
  expect(heading).toContain('outcome | tries | in');
  expect(lines.map((line) => line.split(' | ').slice(4, 7))).toEqual([
    ['text', '✓ allowed', '100'],
    ['turns', '✓ allowed', '3'],
  ]);
});

test('each way around the profiles is one row, and has another row for calls that were not denied', () => {
  const denied = { expected: 'denied', outcome: 'denied', probe: 'bare-model', target: 'a.model' } as const;
  const lines = deniedTable(
    resultOf(
      probe(denied),
      probe({ ...denied, application: 'other' }),
      probe({ ...denied, alias: 'fast', outcome: 'allowed', asIntended: false }),
      probe({ ...denied, probe: 'other-region', target: 'eu.a.model', calledRegion: 'eu-west-1' }),
    ),
  );
  expect(rows(lines)).toEqual([
    'called | calls | applications | outcome | example',
    'the bare model | 2 | 2 | ✓ denied | a.model',
    'the bare model | 1 | 1 | ✗ allowed | a.model',
    'another Region | 1 | 1 | ✓ denied | eu.a.model in eu-west-1',
  ]);
});

test.each([
  [[0.1, 0.2], '$0.300000'],
  [[0.1, undefined], '>$0.100000'],
  [[undefined], 'unknown'],
])('the sum of %j dollars is shown as %s', (amounts, text) => {
  expect(totalDollars(amounts)).toBe(text);
});
