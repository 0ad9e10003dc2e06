import { verifyLocally } from '../../../lib/cli/commands/verify-locally';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import type { VerificationResult } from '../../../lib/proof/verification/verification-result';
import { testEnvironment } from '../../plan/environments';
import { PROJECT } from '../../project';
import { type Answer, refusal, runAgainst } from './query-server';

const plan = planAccess(testEnvironment('dev'));
const CALLER =
  '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/me</Arn><UserId>U</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

/** Answer of the function about one application. */
type Invoke = (application: string) => { readonly status?: number; readonly error?: string; readonly body: unknown };

let everything: VerificationResult;
beforeAll(async () => {
  const options = {
    assembly: undefined,
    project: PROJECT,
    progress: () => undefined,
    interrupted: new Promise<void>(() => undefined),
  };
  everything = (await verifyLocally(plan, { ...options, reading: 'every' })).result;
}, 60_000);

/** Answers like the deployed function, with the results of the same bundle on this machine. */
const works: Invoke = (application) => ({
  body: { ...everything, probes: everything.probes.filter((p) => p.application === application) },
});

const answer =
  (invoke: Invoke): Answer =>
  (form, path, body) => {
    if (form.get('Action') === 'GetCallerIdentity') {
      return { xml: CALLER };
    }
    expect(path).toBe('/2015-03-31/functions/dev_verification/invocations');
    const { status, error, body: answered } = invoke(JSON.parse(body).applications[0]);
    const headers = {
      'content-type': 'application/json',
      ...(error !== undefined && { 'x-amz-function-error': error }),
      ...(status !== undefined && { 'x-amzn-errortype': 'ResourceNotFoundException' }),
    };
    return { ...(status !== undefined && { status }), headers, xml: JSON.stringify(answered) };
  };

const verify = (respond: Answer, ...flags: readonly string[]) => runAgainst(respond, ['verify', 'dev', ...flags]);

test('a working environment is shown with every probe of the plan and the place of the calls', async () => {
  const { exitCode, out } = await verify(answer(works));
  expect(out).toMatch(
    /^✓ dev works as intended: 4 applications, 12 profiles\.\nReal calls in 111122223333, us-east-1, /,
  );
  expect(out).toContain('151 probes as intended, 0 not.');
  expect(out).not.toMatch(/this machine|scripted|Next:/);
  expect(exitCode).toBe(0);
});

test('--json says that nothing was simulated', async () => {
  const { exitCode, out } = await verify(answer(works), '--json');
  const { simulated, verdict, probes, principals } = JSON.parse(out);
  expect({ exitCode, simulated, verdict, probes: probes.length, principals }).toEqual({
    exitCode: 0,
    simulated: 'nothing: the deployed function made real calls',
    verdict: 'as intended',
    probes: 151,
    principals: undefined,
  });
});

test('a denied call is a finding, with the planned statement and its real ARN', async () => {
  const denied = 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-sonnet-4-6';
  const { exitCode, out } = await verify(
    answer((application) => ({
      body: {
        ...everything,
        probes: everything.probes
          .filter((p) => p.application === application)
          .map((p) =>
            application === 'support-chat' && p.alias === 'main' && p.probe === 'text'
              ? {
                  ...p,
                  outcome: 'denied',
                  asIntended: false,
                  deniedAction: 'bedrock:InvokeModel',
                  deniedArn: denied,
                  error: { name: 'AccessDeniedException', status: 403, message: 'x because no policy allows it' },
                }
              : p,
          ),
      },
    })),
  );
  const profile = everything.probes.find((p) => p.application === 'support-chat' && p.alias === 'main')?.target;
  expect(exitCode).toBe(1);
  expect(out).toMatch(/^✗ dev does not work as intended: 1 thing is not as intended\.\n/);
  expect(out).toContain(
    `"Resource":["${denied}"],"Condition":{"ArnEquals":{"bedrock:InferenceProfileArn":"${profile}"},"StringEqualsIfExists":{"bedrock:ServiceTier":["default"]}}`,
  );
});

const fact = (application: string, settled: boolean, answer: string) => ({
  ...{ fact: 'counted-once', application, alias: 'main', settled, answer },
});

test('a settled fact is shown once for all applications, and an open fact does not change the exit code', async () => {
  const withFacts: Invoke = (application) => ({
    body: {
      ...(works(application).body as VerificationResult),
      settled: [
        fact(application, application !== 'code-review', 'a call through a profile is counted once'),
        { ...fact(application, false, 'run it again later'), fact: 'cache-metrics' },
      ],
    },
  });
  const { exitCode, out } = await verify(answer(withFacts));
  expect(out.split('\n').filter((line) => /settled: /.test(line))).toEqual([
    'settled: a call through a profile is counted once (counted-once, document-search/main)',
    'not settled: run it again later (cache-metrics, code-review/main)',
  ]);
  expect(out).toContain('AWS does not document the following; this account answered:');
  expect(exitCode).toBe(0);
});

test('the answer of an older function without facts is read', async () => {
  const before: Invoke = (application) => {
    const { settled: _, ...body } = works(application).body as VerificationResult;
    return { body };
  };
  const { exitCode, out } = await verify(answer(before), '--json');
  expect({ exitCode, settled: JSON.parse(out).settled }).toEqual({ exitCode: 0, settled: [] });
});

test('an application that the function does not know is a finding, and the others are shown', async () => {
  const { exitCode, out } = await verify(
    answer((application) =>
      application === 'code-review'
        ? {
            error: 'Unhandled',
            body: { errorMessage: "there is no application 'code-review' under /bedrock-access/dev" },
          }
        : works(application),
    ),
  );
  expect(exitCode).toBe(1);
  expect(out).toContain("✗ code-review could not be verified: there is no application 'code-review' under");
  expect(out).toMatch(/support-chat +main .* ✓ allowed/);
});

test('refused invocations do not hide the results of the others, which are in the order of the plan', async () => {
  const refused = ['code-review', 'support-chat'];
  const respond = answer((application) =>
    refused.includes(application) ? { status: 403, body: { Message: 'not now' } } : works(application),
  );
  const { exitCode, out } = await verify(respond, '--json');
  const { probes, mismatches } = JSON.parse(out) as {
    readonly probes: readonly { readonly application: string }[];
    readonly mismatches: readonly string[];
  };
  expect(exitCode).toBe(3);
  expect([...new Set(probes.map((p) => p.application))]).toEqual(['document-search', 'market-report']);
  expect((await verify(respond)).out).toMatch(/^! dev: 2 things could not be verified\.\n/);
  expect(mismatches).toEqual(
    refused.map((name) => expect.stringMatching(new RegExp(`^${name} could not be verified: .*not now`))),
  );
});

const BROKEN: Invoke = () => ({ error: 'Unhandled', body: { errorMessage: 'the aliases cannot be read' } });
const THROTTLED: Invoke = () => ({ status: 429, body: { Message: 'Rate exceeded' } });
const shortened: Invoke = (application) => {
  const body = works(application).body as VerificationResult;
  return { body: { ...body, probes: [], shortened: `${body.probes.length} results are left out` } };
};
const letThrough: Invoke = (application) => {
  const body = shortened(application).body as VerificationResult;
  const wrong = everything.probes
    .filter((p) => p.application === application && p.probe === 'bare-model')
    .map((p) => ({ ...p, outcome: 'allowed' as const, asIntended: false }));
  return { body: { ...body, probes: wrong } };
};

test.each<[string, Readonly<Record<string, Invoke>>, number]>([
  ['a throttled invocation is unfinished', { 'code-review': THROTTLED }, 3],
  ['an answer that leaves results out is unfinished', { 'code-review': shortened }, 3],
  [
    'a throttle and an answer that leaves results out are unfinished',
    { 'code-review': THROTTLED, 'support-chat': shortened },
    3,
  ],
  ['an error of the function is a finding', { 'code-review': BROKEN }, 1],
  ['an error of the function is a finding despite a throttle', { 'code-review': THROTTLED, 'support-chat': BROKEN }, 1],
  ['a way around the profiles is a finding despite results that are left out', { 'code-review': letThrough }, 1],
])('%s', async (_, others, code) => {
  const { exitCode, out } = await verify(
    answer((application) => (others[application] ?? works)(application)),
    '--json',
  );
  const { verdict, mismatches } = JSON.parse(out);
  expect([exitCode, verdict]).toEqual([code, code === 1 ? 'found' : 'unfinished']);
  for (const application of Object.keys(others)) {
    expect(mismatches).toContainEqual(expect.stringMatching(new RegExp(`^${application}(:| could not be verified:) `)));
  }
});

test('every application is invoked once', async () => {
  const invoked: string[] = [];
  const { exitCode } = await verify(
    answer((application) => {
      invoked.push(application);
      return works(application);
    }),
  );
  expect([exitCode, invoked.toSorted()]).toEqual([0, plan.applications.map(({ name }) => name)]);
});

test.each<[string, Answer, string]>([
  [
    'a function that is not deployed',
    answer(() => ({ status: 404, body: { Message: 'Function not found: dev_verification' } })),
    '✗ could not invoke the function dev_verification (lambda:InvokeFunction): Function not found: dev_verification; deploy the environment first',
  ],
  [
    'credentials that have expired',
    () => refusal(403, 'ExpiredToken', 'The security token included in the request is expired'),
    '✗ could not find out whose credentials these are: The security token',
  ],
  [
    'an answer of another form',
    answer(() => ({ body: { hello: 'world' } })),
    '✗ this version does not understand the answer of the verification function: ',
  ],
])('%s ends with exit code 3 and one line', async (_, respond, message) => {
  const { exitCode, out, err } = await verify(respond);
  expect([exitCode, out]).toEqual([3, '']);
  expect(err.split('\n')).toEqual([expect.stringContaining(message)]);
});
