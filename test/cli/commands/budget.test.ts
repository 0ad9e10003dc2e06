import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { schemas } from '../../../lib/report/schemas';
import { application } from '../../plan/environments';
import { run } from '../run';
import { type Answer, refusal, runAgainst } from './query-server';

const ME = 'arn:aws:sts::111122223333:assumed-role/admin/me';
const callerOf = (account: string): string =>
  `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${ME}</Arn><UserId>U:me</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

const folder = mkdtempSync(join(tmpdir(), 'budget-'));
const file = join(folder, 'dev.yaml');
const limited = { monthlyUsd: 5, notify: ['team@example.com'], atLimit: 'deny' };

beforeAll(() => {
  const environment = {
    name: 'dev',
    account: '111122223333',
    region: 'us-east-1',
    contact: 'platform@example.com',
    applications: {
      shop: application({ budget: limited }),
      chat: application(),
      news: application({ budget: { ...limited, atLimit: 'notify' } }),
    },
  };
  writeFileSync(file, JSON.stringify(environment));
});
afterAll(() => rmSync(folder, { recursive: true }));

const requests: unknown[] = [];
beforeEach(() => {
  requests.length = 0;
});

/** Returns an account with the deployed function. */
const answer =
  (body: unknown, error?: string): Answer =>
  (form, path, sent) => {
    if (form.get('Action') === 'GetCallerIdentity') {
      return { xml: callerOf('111122223333') };
    }
    requests.push([path, JSON.parse(sent)]);
    return {
      headers: { 'content-type': 'application/json', ...(error !== undefined && { 'x-amz-function-error': error }) },
      xml: JSON.stringify(body),
    };
  };

const at = '2026-11-21T09:30:00.000Z';
const released = (principals: readonly string[], more: object = {}, failures: readonly string[] = []) => ({
  acts: [{ act: 'released', application: 'shop', by: { release: ME }, at, principals, ...more }],
  failures,
});
const principals = ['role dev_shop_lambda', 'user alice'];
const note = 'the action of the budget dev_shop_0a1b2c now has the status REVERSE_SUCCESS';
const release = (respond: Answer, ...flags: readonly string[]) =>
  runAgainst(respond, ['budget', file, 'shop', '--release', ...flags]);

test('a release names the principals that were denied, and tells the function who asked for it', async () => {
  const { exitCode, out, err } = await release(answer(released(principals, { note })));
  expect([exitCode, err]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    '✓ released  shop of dev in 111122223333, us-east-1: 2 principals may call its profiles.',
    '  denial detached from role dev_shop_lambda',
    '  denial detached from user alice',
    `  ${note}`,
    'Until the end of this day in UTC, only a person or the spent budget of the month denies it again.',
  ]);
  expect(requests).toEqual([['/2015-03-31/functions/dev_limit/invocations', { release: 'shop', by: ME }]]);
});

test('a release without a denied principal says so', async () => {
  const { exitCode, out } = await release(answer(released([])));
  expect([exitCode, out]).toEqual([
    0,
    '✓ nothing to release  shop of dev in 111122223333, us-east-1: its denial is attached to no principal.',
  ]);
});

test('a failed step is shown, and the command ends as unfinished', async () => {
  const { exitCode, out } = await release(answer(released(['user alice'], {}, ['could not detach it\u001b[31m'])));
  expect(exitCode).toBe(3);
  expect(out.split('\n').slice(0, 3)).toEqual([
    '✗ not fully released  shop of dev in 111122223333, us-east-1.',
    '  denial detached from user alice',
    '  could not detach it\ufffd[31m',
  ]);
});

test('--json prints the document of its schema, and --out writes a table', async () => {
  const out = join(folder, 'release.csv');
  const ran = await release(answer(released(principals, { note })), '--json', '--out', out);
  const document = JSON.parse(ran.out);
  const { environment, account, region } = { environment: 'dev', account: '111122223333', region: 'us-east-1' };
  expect(document).toEqual({
    ...{ schemaVersion: 1, command: 'budget', exitCode: 0, environment, account, region },
    ...{ application: 'shop', order: 'release', by: ME, principals, withoutAccess: [], at, note, failures: [] },
  });
  const validate = new Ajv({ strict: false }).compile(schemas()['budget-output.schema.json'] as object);
  expect(validate(document)).toBe(true);
  expect(readFileSync(out, 'utf8').trim().split(/\r?\n/)).toHaveLength(3);
});

const deny = (respond: Answer, reason: string, ...flags: readonly string[]) =>
  runAgainst(respond, ['budget', file, 'shop', '--deny', reason, ...flags]);
const deniedBy = (found: object, failures: readonly string[] = []) => ({
  acts: [{ act: 'denied', application: 'shop', by: { deny: ME }, at, ...found }],
  failures,
});

test('a denial by hand says for each principal how it was done, and tells the function who and why', async () => {
  const done = deniedBy({ principals: ['role dev_shop_lambda'], withoutAccess: ['user alice'] });
  const { exitCode, out, err } = await deny(answer(done), '  runaway loop, ticket 1042 ✓ ');
  expect([exitCode, err]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    '✓ denied  shop of dev in 111122223333, us-east-1: 2 principals can no longer call its profiles.',
    '  denial attached to role dev_shop_lambda',
    '  access policies detached from user alice, which has no room for the denial',
    'The denial lasts until somebody runs: npx bedrock-access budget dev shop --release',
  ]);
  expect(requests).toEqual([
    ['/2015-03-31/functions/dev_limit/invocations', { deny: 'shop', reason: 'runaway loop, ticket 1042 ✓', by: ME }],
  ]);
});

test('a denial of an application that is denied already is held from now on', async () => {
  const { exitCode, out } = await deny(answer(deniedBy({ principals: [] })), 'x'.repeat(200));
  expect([exitCode, out.split('\n')[0]]).toEqual([
    0,
    '✓ held  shop of dev in 111122223333, us-east-1: all its principals were denied already.',
  ]);
});

test('a denial that failed in part is unfinished and names what failed', async () => {
  const failures = ['could not attach the denial to user alice: LimitExceeded'];
  const { exitCode, out } = await deny(answer(deniedBy({ principals: ['role dev_shop_lambda'] }, failures)), 'x');
  expect(exitCode).toBe(3);
  expect(out.split('\n').slice(0, 3)).toEqual([
    '✗ not fully denied  shop of dev in 111122223333, us-east-1.',
    '  denial attached to role dev_shop_lambda',
    `  ${failures[0]}`,
  ]);
});

test('a denial has a document and a table, too', async () => {
  const out = join(folder, 'deny.csv');
  const done = deniedBy({ principals: ['role dev_shop_lambda'], withoutAccess: ['user alice'] });
  const document = JSON.parse((await deny(answer(done), 'ticket 1', '--json', '--out', out)).out);
  expect(document).toMatchObject({ exitCode: 0, order: 'deny', reason: 'ticket 1', withoutAccess: ['user alice'] });
  const validate = new Ajv({ strict: false }).compile(schemas()['budget-output.schema.json'] as object);
  expect(validate(document)).toBe(true);
  expect(readFileSync(out, 'utf8').split(/\r?\n/)).toEqual([
    'application,principal,change,by,at',
    `shop,role dev_shop_lambda,denial attached,${ME},${at}`,
    `shop,user alice,access policies detached,${ME},${at}`,
    '',
  ]);
});

test.each(['--release', '--deny=x'])('an order %s that the function did not carry out is unfinished', async (flag) => {
  const { exitCode, out } = await runAgainst(answer({ acts: [], failures: [] }), ['budget', file, 'shop', flag]);
  expect([exitCode, out]).toEqual([
    3,
    expect.stringMatching(/^✗ not fully .*\n {2}the function did nothing, because /),
  ]);
});

test('an order that the function refuses is not carried out, and says why', async () => {
  const refused = {
    acts: [],
    failures: ["no stack has a limit of 'shop'; applications with limits: none"],
    refused: true,
  };
  const { exitCode, err } = await deny(answer(refused), 'x');
  expect(exitCode).toBe(3);
  expect(err).toContain(
    "the function dev_limit refused the order: no stack has a limit of 'shop'; applications with limits: none; deploy dev first",
  );
});

test.each([
  ['gives another answer', answer({ probes: [] }), 'gave an answer that this version cannot read; deploy dev again'],
  [
    'fails',
    answer({ errorMessage: 'could not assume the role' }, 'Unhandled'),
    'the function dev_limit failed: could not assume the role',
  ],
  [
    'does not exist',
    ((form) =>
      form.get('Action') === 'GetCallerIdentity'
        ? { xml: callerOf('111122223333') }
        : {
            status: 404,
            headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'ResourceNotFoundException' },
            xml: '{"Message":"Function not found"}',
          }) as Answer,
    'could not invoke the function dev_limit (lambda:InvokeFunction): Function not found; deploy the environment first',
  ],
  ['is in another account', (() => ({ xml: callerOf('999999999999') })) as Answer, 'the credentials belong to account'],
  [
    'may not be invoked by the caller',
    (() => refusal(403, 'AccessDenied', 'no')) as Answer,
    'use credentials that have this permission',
  ],
])('a release fails if the function %s', async (_, respond, message) => {
  const { exitCode, err, out } = await release(respond);
  expect([exitCode, out]).toEqual([3, '']);
  expect(err).toContain(message);
});

test.each([
  [
    ['shop'],
    '\'budget\' needs a flag: add --release to lift the denial of shop, or --deny "REASON" to deny it by hand',
  ],
  [['shpo', '--release'], "dev has no application 'shpo'; did you mean 'shop'?"],
  [['billing-of-all', '--release'], "dev has no application 'billing-of-all'; it has: chat, news, shop"],
  [
    ['chat', '--release'],
    "'chat' is never denied, because no role may deny it anything: add a budget: with monthlyUsd, notify and 'atLimit: deny' in ",
  ],
  [['chat', '--deny', 'x'], 'and deploy it before it is needed; applications that can be denied: shop'],
  [['news', '--deny', 'x'], "add 'atLimit: deny' to its budget in "],
  [['shop', '--deny', 'x', '--release'], '--deny and --release are two orders; give one of them, once'],
  [['shop', '--deny', 'x', '--deny', 'y'], '--deny and --release are two orders; give one of them, once'],
  [['shop', '--deny'], '--deny needs a value: --deny REASON'],
  [['shop', '--deny', '   '], 'the reason of --deny has 0 characters; allowed: 1 to 200'],
  [['shop', '--deny', 'x'.repeat(201)], 'the reason of --deny has 201 characters; allowed: 1 to 200'],
  [['shop', '--deny', 'a\u001b[31mb'], 'contains the character U+001B, which cannot be printed'],
  [['shop', '--deny', 'a\nb'], 'contains the character U+000A'],
  [['shop', '--deny', 'a\u202eb'], 'contains the character U+202E'],
  [['shop', '--deny', 'a\u200bb'], 'contains the character U+200B'],
  [['shop', '--deny', 'a\ud800b'], 'contains the character U+D800'],
  [['shop', '--deny', 'a\u2028b'], 'contains the character U+2028'],
  [['--release'], 'takes 2 arguments, got 1'],
  [['shop', '--relase'], "did you mean '--release'?"],
])('%j is refused with a hint, and AWS is not called', async (argv, message) => {
  const { exitCode, err } = await run(['budget', file, ...argv]);
  expect(exitCode).toBe(2);
  expect(err).toContain(message);
});
