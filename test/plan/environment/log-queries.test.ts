import { dollarsQuery, type PricedProfile, planDollarsQuery } from '../../../lib/plan/environment/dollars-query';
import { planLogQueries } from '../../../lib/plan/environment/log-queries';
import { application, longName, place, planOf } from '../environments';

const TOKENS =
  'coalesce(input.inputTokenCount, 0) as i, coalesce(output.outputTokenCount, 0) as o, ' +
  'coalesce(input.cacheReadInputTokenCount, 0) as cr, coalesce(input.cacheWriteInputTokenCount, 0) as cw';
const SUMS =
  'sum(i) as inputTokens, sum(o) as outputTokens, sum(cr) as cacheReadTokens, sum(cw) as cacheWriteTokens, count(*) as calls';
const RECORDS = 'filter schemaType = "ModelInvocationLog"';

/** Commands of every query about all calls. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  'tokens by principal and profile': [
    RECORDS,
    'filter modelId like /:application-inference-profile\\//',
    `fields identity.arn as principal, ${TOKENS}`,
    `stats ${SUMS} by principal, modelId`,
    'sort outputTokens desc',
  ],
  'sessions under one role': [
    RECORDS,
    'parse identity.arn "assumed-role/*/*" as role, session',
    'filter ispresent(session)',
    `fields ${TOKENS}`,
    `stats ${SUMS} by role, session`,
    'sort role asc, outputTokens desc',
  ],
  'calls around the profiles': [
    RECORDS,
    'filter modelId not like /:application-inference-profile\\//',
    `fields identity.arn as principal, ${TOKENS}`,
    `stats ${SUMS}, latest(@timestamp) as last by principal, modelId, operation`,
    'sort calls desc',
  ],
  'errors by cause': [
    RECORDS,
    'filter ispresent(errorCode)',
    'fields identity.arn as principal',
    'stats count(*) as errors, latest(@timestamp) as last by errorCode, operation, modelId, principal',
    'sort errors desc',
  ],
  'cache use': [
    RECORDS,
    `fields ${TOKENS}`,
    'fields i + cr + cw as total',
    'filter total > 0',
    `stats ${SUMS}, 100 * sum(cr) / sum(total) as percentFromCache by modelId`,
    'sort percentFromCache asc',
  ],
};

const LONGEST = [
  RECORDS,
  `fields @timestamp, modelId, identity.arn as principal, inferenceRegion, requestId, ${TOKENS}`,
  'sort o desc',
  'limit 50',
];
const SLOWEST = [
  RECORDS,
  'filter ispresent(output.outputBodyJson.metrics.latencyMs)',
  `fields @timestamp, output.outputBodyJson.metrics.latencyMs as milliseconds, modelId, identity.arn as principal, inferenceRegion, requestId, ${TOKENS}`,
  'sort milliseconds desc',
  'limit 50',
];

test.each([
  [false, 'longest answers', LONGEST],
  [true, 'slowest calls', SLOWEST],
] as const)('the questions about all calls, where content is logged: %p', (content, name, commands) => {
  expect(planLogQueries('dev', content)).toEqual(
    Object.entries({ ...QUERIES, [name]: commands }).map(([query, lines]) => ({
      name: `bedrock-access/dev/${query}`,
      text: lines.join('\n| '),
    })),
  );
});

/** Record of a call in the log. */
interface Call {
  readonly modelId: string;
  readonly i?: number;
  readonly o?: number;
  readonly cr?: number;
  readonly cw?: number;
}

const arn = (id: string): string => `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${id}`;

/** Evaluates the `fields` of a query for one call, in order, as Logs Insights does. */
function evaluate(query: string, { modelId, i = 0, o = 0, cr = 0, cw = 0 }: Call): Readonly<Record<string, number>> {
  const known: Record<string, number | string> = { modelId, i, o, cr, cw };
  const expressions = query
    .split('\n| ')
    .filter((command) => command.startsWith('fields ') && !command.includes('coalesce'))
    .flatMap((command) => command.slice('fields '.length).split(/, (?=strcontains|\()/));
  for (const expression of expressions) {
    const [, body = '', name = ''] = /^(.*) as (\w+)$/.exec(expression) ?? [];
    const strcontains = (text: string, part: string): number => (text.includes(part) ? 1 : 0);
    // The arithmetic of Logs Insights is that of JavaScript.
    const compute = new Function('strcontains', ...Object.keys(known), `return ${body};`);
    known[name] = compute(strcontains, ...Object.values(known));
  }
  const { dollars = 0, unpriced = 0 } = known;
  return { dollars: Number(dollars), unpriced: Number(unpriced) };
}

const PROFILES: readonly PricedProfile[] = [
  { profileArn: arn('aaaaaaaaaaaa'), price: { input: 3.3, output: 16.5, cacheRead: 0.33, cacheWrite5m: 4.125 } },
  { profileArn: arn('bbbbbbbbbbbb'), price: { input: 0.06, output: 0.24, cacheRead: 0.015 } },
  { profileArn: arn('cccccccccccc'), price: { input: 3.3, output: 16.5, cacheRead: 0.33, cacheWrite5m: 4.125 } },
  { profileArn: arn('dddddddddddd'), price: { input: 0.02 } },
  { profileArn: arn('eeeeeeeeeeee') },
];

/** Calls with their costs, worked out by hand: tokens x dollars / 1,000,000. */
const CALLS: readonly (readonly [call: Call, dollars: number, unpriced: number])[] = [
  // 1,000 x 3.30 + 500 x 16.50 + 2,000 x 0.33 + 400 x 4.125 = 3,300 + 8,250 + 660 + 1,650 = 13,860
  [{ modelId: arn('aaaaaaaaaaaa'), i: 1_000, o: 500, cr: 2_000, cw: 400 }, 0.01386, 0],
  // Another profile with the same price.
  [{ modelId: arn('cccccccccccc'), i: 1_000, o: 500, cr: 2_000, cw: 400 }, 0.01386, 0],
  // 10,000 x 0.06 + 1,000 x 0.24 + 4,000 x 0.015 = 600 + 240 + 60 = 900; the price of the 300 written tokens is not
  // known.
  [{ modelId: arn('bbbbbbbbbbbb'), i: 10_000, o: 1_000, cr: 4_000, cw: 300 }, 0.0009, 300],
  // 50,000 x 0.02 = 1,000: an embedding has no output tokens.
  [{ modelId: arn('dddddddddddd'), i: 50_000 }, 0.001, 0],
  [{ modelId: arn('eeeeeeeeeeee'), i: 7, o: 5, cr: 3, cw: 2 }, 0, 17],
  [{ modelId: arn('ffffffffffff'), i: 1_000_000, o: 1_000_000 }, 0, 0],
];

test.each(CALLS)(
  'the query computes for %j a cost of %p dollars, and %p tokens without a price',
  (call, dollars, unpriced) => {
    const fields = evaluate(dollarsQuery(PROFILES), call);
    expect(fields['dollars']).toBeCloseTo(dollars, 12);
    expect(fields['unpriced']).toBe(unpriced);
  },
);

test('the query for dollars has these commands', () => {
  expect(dollarsQuery(PROFILES.slice(0, 3)).split('\n| ')).toEqual([
    RECORDS,
    `fields identity.arn as principal, ${TOKENS}`,
    `fields strcontains(modelId, "${arn('aaaaaaaaaaaa')}") + strcontains(modelId, "${arn('cccccccccccc')}") as p0, strcontains(modelId, "${arn('bbbbbbbbbbbb')}") as p1`,
    'filter p0 + p1 > 0',
    'fields (i * (p0 * 3.3 + p1 * 0.06) + o * (p0 * 16.5 + p1 * 0.24) + cr * (p0 * 0.33 + p1 * 0.015) + cw * (p0 * 4.125)) / 1000000 as dollars',
    'fields cw * (p1) as unpriced',
    'stats sum(dollars) as usd, sum(unpriced) as tokensWithoutPrice, count(*) as calls by principal, modelId',
    'sort usd desc',
  ]);
});

test('a query for known prices counts no unpriced tokens, and one for unknown prices no dollars', () => {
  expect(dollarsQuery(PROFILES.slice(0, 1))).not.toContain('unpriced');
  const unknown = dollarsQuery(PROFILES.slice(4));
  expect(unknown).not.toMatch(/dollars|usd/);
  expect(unknown).toContain('| stats sum(unpriced) as tokensWithoutPrice, count(*) as calls by principal, modelId');
});

test('the query of an application with the most models fits CloudWatch Logs', () => {
  const models = Array.from({ length: 30 }, (_, n) => [
    longName(24, n),
    { model: 'amazon.nova-lite-v1:0', routing: 'us' },
  ]);
  const [shop] = planOf({ shop: application({ models: Object.fromEntries(models) }) }).applications;
  const { name, profiles } = planDollarsQuery(place, shop as NonNullable<typeof shop>);
  expect([name, profiles.length]).toEqual(['bedrock-access/dev/shop/dollars by principal and profile', 30]);
  const distinct = profiles.map((_, n) => ({
    profileArn: arn(String(n).padStart(12, 'a')),
    price: { input: 10 + n / 1000, output: 20 + n / 1000, cacheRead: 1 + n / 1000, cacheWrite5m: 12 + n / 1000 },
  }));
  expect(dollarsQuery(distinct).length).toBeLessThanOrEqual(10_000);
});
