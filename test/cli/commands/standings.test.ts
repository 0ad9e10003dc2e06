import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { activationLines } from '../../../lib/report/costs/activation-lines';
import { schemas } from '../../../lib/report/schemas';
import { application } from '../../plan/environments';
import { type Answer, refusal, runAgainst } from './query-server';

const ME = 'arn:aws:sts::111122223333:assumed-role/admin/me';
const at = '2026-11-21T09:30:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'standings-'));
const file = join(folder, 'dev.yaml');
const limited = application({ budget: { monthlyUsd: 5, notify: ['team@example.com'], atLimit: 'deny' } });
const NAMES = ['held', 'over', 'released', 'free', 'broken', 'next'];

beforeAll(() => {
  const place = { name: 'dev', account: '111122223333', region: 'us-east-1', contact: 'platform@example.com' };
  const applications = Object.fromEntries(NAMES.map((name) => [name, limited]));
  writeFileSync(file, JSON.stringify({ ...place, applications: { ...applications, unlimited: application() } }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const STATES = {
  held: { held: { reason: 'runaway loop', by: ME, at } },
  over: { denied: { at, why: '$41.20 of $40 spent on 2026-11-21' } },
  released: { released: { by: ME, at, day: '2026-11-21' } },
  broken: { held: true },
};
const PARAMETERS = NAMES.filter((name) => name !== 'next').flatMap((name) => [
  { Name: `/bedrock-access/dev.limits/${name}`, Value: '{}' },
  ...(name in STATES
    ? [{ Name: `/bedrock-access/dev.limits/${name}.state`, Value: JSON.stringify(STATES[name as keyof typeof STATES]) }]
    : []),
]);

/** An account whose parameters come in two pages, without access to Cost Explorer and with a function that finds nothing. */
const account: Answer = (form, path, body) => {
  if (form.get('Action') === 'GetCallerIdentity') {
    return {
      xml: `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${ME}</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    };
  }
  const json = { 'content-type': 'application/json' };
  if (path.startsWith('/2015-03-31/functions/')) {
    const result = { schemaVersion: 1, environment: 'dev', region: 'us-east-1', milliseconds: 1, probes: [] };
    return { headers: json, xml: JSON.stringify(result) };
  }
  if (body.includes('"/bedrock-access/dev.limits"')) {
    const { NextToken } = JSON.parse(body);
    return NextToken === undefined
      ? { headers: json, xml: JSON.stringify({ Parameters: PARAMETERS.slice(0, 4), NextToken: 'two' }) }
      : { headers: json, xml: JSON.stringify({ Parameters: PARAMETERS.slice(4) }) };
  }
  return { status: 400, headers: json, xml: '{"__type":"AccessDeniedException","message":"not authorized"}' };
};

const LINES = [
  'limit of broken: its state cannot be read, so it may be denied: held.reason is not a text; look at the log group /aws/lambda/dev_limit',
  'limit of free: not denied',
  `limit of held: denied by hand since ${at} by ${ME}: runaway loop; lift it with npx bedrock-access budget dev held --release`,
  'limit of next: not deployed yet, so nothing can deny it',
  `limit of over: denied since ${at}: $41.20 of $40 spent on 2026-11-21; lift it with npx bedrock-access budget dev over --release`,
  `limit of released: released for today by ${ME} at ${at}`,
];

test.each([
  ['plan', ['--live'], 0],
  ['costs', ['--forecast', 'none'], 3],
  ['verify', [], 1],
])('%s says for each application with a limit how it stands', async (command, flags, exitCode) => {
  const ran = await runAgainst(account, [command, file, ...flags]);
  expect(ran.out.split('\n').filter((line) => /^(limit of|SKIPPED limits)/.test(line))).toEqual(LINES);
  expect(ran.exitCode).toBe(exitCode);
});

test.each(['plan', 'costs', 'verify'])('the document of %s has the standings', async (command) => {
  const ran = await runAgainst(account, [command, file, '--json', ...(command === 'plan' ? ['--live'] : [])]);
  const document = JSON.parse(ran.out);
  expect(document.limits.standings.map((s: { readonly standing: string }) => s.standing)).toEqual([
    ...['unreadable', 'not denied', 'held', 'not deployed', 'denied', 'released'],
  ]);
  const ajv = new Ajv({ strict: false });
  expect([ajv.validate(schemas()[`${command}-output.schema.json`] as object, document), ajv.errors]).toEqual([
    true,
    null,
  ]);
});

test.each(['plan', 'costs', 'verify'])('%s says that it may not look', async (command) => {
  const forbidden: Answer = (form, path, body) =>
    body.includes('"/bedrock-access/dev.limits"')
      ? {
          status: 400,
          headers: { 'content-type': 'application/json' },
          xml: '{"__type":"AccessDeniedException","message":"not authorized to perform: ssm:GetParametersByPath"}',
        }
      : account(form, path, body);
  const ran = await runAgainst(forbidden, [command, file, ...(command === 'plan' ? ['--live'] : [])]);
  expect(ran.out.split('\n').filter((line) => /^(limit of|SKIPPED limits)/.test(line))).toEqual([
    'SKIPPED limits: whether an application is denied now: could not read /bedrock-access/dev.limits (ssm:GetParametersByPath): not authorized to perform: ssm:GetParametersByPath; use credentials that have this permission',
  ]);
  expect(ran.exitCode).toBe(command === 'verify' ? 1 : 3);
});

test('plan without --live asks nobody, and says how an application is denied by hand', async () => {
  const ran = await runAgainst(() => refusal(500, 'Unused', 'no'), ['plan', file]);
  expect([ran.exitCode, ran.actions]).toEqual([0, []]);
  expect(ran.out).toContain('  denied by hand with: npx bedrock-access budget dev free --deny "REASON"');
  expect(ran.out).not.toContain('budget dev unlimited --deny');
});

test('plan --live without credentials of the account shows the plan, and what was not looked at', async () => {
  const ran = await runAgainst(() => refusal(403, 'InvalidClientTokenId', 'no'), ['plan', file, '--live']);
  expect(ran.exitCode).toBe(3);
  expect(ran.out).toContain('dev in 111122223333, us-east-1: 7 applications');
  expect(ran.out).toContain(
    'SKIPPED limits: whether an application is denied now: could not find out whose credentials',
  );
});

const BILLED = { billed: { month: new Map(), days: [] }, notLookedAt: [] };
const missing = (step: string) => ({ notLookedAt: [{ part: 'billed', step, why: 'w', next: 'n' }] });
const SEEN = ['the cost allocation tag BedrockAccess is active; write costAllocationTags: active in dev.yaml'];
const NOT_ACTIVE = [
  expect.stringMatching(/^! dev\.yaml says costAllocationTags: active, but the tag .* is not active/),
];

test.each([
  ['leave', 1, BILLED, SEEN],
  ['leave', 1, missing('data'), SEEN],
  ['leave', 1, missing('activation'), []],
  ['leave', 1, missing('use'), []],
  ['leave', 1, missing('permission'), []],
  ['leave', 0, BILLED, []],
  ['active', 1, BILLED, []],
  ['active', 1, missing('activation'), NOT_ACTIVE],
  ['active', 1, missing('use'), NOT_ACTIVE],
  ['active', 1, missing('permission'), []],
  ['active', 0, missing('activation'), []],
  ['activate', 1, BILLED, []],
  ['activate', 1, missing('activation'), []],
] as const)(
  'with costAllocationTags: %s and %i denying budgets, costs says about %j: %j',
  (setting, deniedByBudget, costs, lines) => {
    const report = { costs, tags: { file: 'dev.yaml', setting, deniedByBudget } };
    expect(activationLines(report as never)).toEqual(lines);
  },
);
