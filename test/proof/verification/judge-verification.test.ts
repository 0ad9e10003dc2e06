import { isWrong } from '../../../lambda/verify/probes/is-wrong';
import type { Account } from '../../../lib/account/account';
import { readEnvironment } from '../../../lib/config/read-environment';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { judgeVerification } from '../../../lib/proof/verification/judge-verification';
import {
  type ProbeResult,
  readVerificationResult,
  type VerificationResult,
} from '../../../lib/proof/verification/verification-result';

const { environment } = readEnvironment(
  'dev.yaml',
  Buffer.from(`
name: dev
account: "111122223333"
region: us-east-1
contact: platform@example.com
applications:
  chat:
    owner: chat@example.com
    costCenter: CC-1
    models:
      main: { model: amazon.nova-lite-v1:0, routing: regional }
    principals: [{ service: lambda.amazonaws.com }]
`),
  '2026-11-21',
);
const plan = planAccess(environment);
const [profile] = plan.applications[0]?.generations ?? [];
const profileArn = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456';
const account: Account = {
  accountId: '111122223333',
  region: 'us-east-1',
  partition: 'aws',
  principals: [],
  profiles: [{ arn: profileArn, id: 'abc123def456', name: profile?.profileName ?? '', copyFrom: '', tags: {} }],
  parameters: [],
  functions: [],
  gates: [],
  budgets: [],
  wholeResources: [],
  unread: [],
  managedPolicies: [],
  unattached: [],
  duplicateNames: [],
  stacksOutsideEnvironments: [],
  origins: new Map(),
};

const asIntended: readonly ProbeResult[] = (plan.applications[0]?.probes ?? []).map((p) => ({
  application: 'chat',
  alias: p.alias,
  generation: p.generation,
  modelId: 'amazon.nova-lite-v1:0',
  routing: 'regional',
  probe: p.probe,
  expected: p.expected,
  outcome: p.expected,
  asIntended: true,
  principal: 'arn:aws:iam::111122223333:role/bedrock-access/dev/probe/dev_chat_probe',
  target: profileArn,
  milliseconds: 1,
  attempts: 1,
}));
const result = (probes: readonly ProbeResult[]): VerificationResult => ({
  schemaVersion: 1,
  environment: 'dev',
  region: 'us-east-1',
  milliseconds: 1,
  probes,
});
const judge = (probes: readonly ProbeResult[]) => judgeVerification(plan, account, result(probes));
const change = (name: string, to: Partial<ProbeResult>): readonly ProbeResult[] =>
  asIntended.map((p) => (p.probe === name ? { ...p, ...to } : p));

const DENIED = {
  name: 'AccessDeniedException',
  status: 403,
  message: 'User: x is not authorized because no identity-based policy allows it',
};

test('one chat alias has these probes', () => {
  const named = (expected: string) => asIntended.filter((p) => p.expected === expected).map((p) => p.probe);
  expect({ allowed: named('allowed').join(' '), denied: named('denied').join(' ') }).toEqual({
    allowed: 'text system turns sampling stream tools image document cache control',
    denied: 'bare-model system-profile other-region other-tier foreign-profile missing-profile bearer-token mantle',
  });
});

test('a verification is as intended when every probe has the intended result', () => {
  expect(judge(asIntended)).toEqual({ verdict: 'as intended', findings: [], mismatches: [] });
});

test('a verification without results is a finding', () => {
  const { verdict, mismatches } = judge([]);
  expect(verdict).toBe('found');
  expect(mismatches).toContain('no probe ran');
  expect(mismatches).toHaveLength(1 + asIntended.length);
});

test('results that are left out and applications that were not verified are unfinished, and the rest is judged', () => {
  const [first, ...others] = asIntended;
  const cut = { ...result(others), shortened: '1 result is left out' };
  expect(judgeVerification(plan, account, cut)).toEqual({
    verdict: 'unfinished',
    findings: [],
    mismatches: ['1 result is left out'],
  });
  const unverified = [{ application: 'chat', why: 'chat could not be verified: throttled' }];
  expect(judgeVerification(plan, account, result([]), unverified)).toEqual({
    verdict: 'unfinished',
    findings: [],
    mismatches: ['chat could not be verified: throttled'],
  });
  const elsewhere = [{ application: 'other', why: 'other could not be verified: throttled' }];
  expect(judgeVerification(plan, account, result(others), elsewhere).verdict).toBe('found');
  const denied = { ...first, outcome: 'denied', asIntended: false } as ProbeResult;
  expect(judgeVerification(plan, account, { ...cut, probes: [denied] }).verdict).toBe('found');
});

test('a planned probe without a result is a finding', () => {
  const { verdict, mismatches } = judge(asIntended.slice(1));
  expect({ verdict, mismatches }).toEqual({
    verdict: 'found',
    mismatches: [`chat/main text (generation ${profile?.generation}): is planned but has no result`],
  });
});

test('an unplanned result and a repeated result are findings', () => {
  const [first] = asIntended;
  const { mismatches } = judge([...asIntended, ...(first ? [first, { ...first, alias: 'other' }] : [])]);
  expect(mismatches).toEqual([
    `chat/other text (generation ${profile?.generation}): has a result but is not planned`,
    `chat/main text (generation ${profile?.generation}): has more than one result`,
  ]);
});

test('a wrong outcome is a finding, even if the function says that it is as intended', () => {
  expect(judge(change('bare-model', { outcome: 'allowed', asIntended: true })).verdict).toBe('found');
});

test.each(['unavailable', 'inconclusive'] as const)(
  'an outcome that is %s is unfinished if it may pass, and a finding if it lasts',
  (outcome) => {
    expect(judge(change('text', { outcome, asIntended: false, passes: true })).verdict).toBe('unfinished');
    expect(judge(change('text', { outcome, asIntended: false })).verdict).toBe('found');
  },
);

test('a denial names the statement of the plan, reduced to the denied call', () => {
  const deniedArn = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';
  const deniedAction = 'bedrock:InvokeModel';
  const { findings } = judge(
    change('text', { outcome: 'denied', asIntended: false, deniedAction, deniedArn, error: DENIED }),
  );
  expect(findings.map((f) => f.missing)).toEqual([
    {
      alias: 'chat/main',
      policy: 'dev_chat_access-1',
      statement: {
        Sid: `Main${profile?.generation}Model`,
        Effect: 'Allow',
        Action: [deniedAction],
        Resource: [deniedArn],
        Condition: {
          ArnEquals: { 'bedrock:InferenceProfileArn': profileArn },
          StringEqualsIfExists: { 'bedrock:ServiceTier': ['default'] },
        },
      },
    },
  ]);
});

test('a denial of a call that the plan does not grant names no missing statement', () => {
  const deniedArn = 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0';
  const { findings } = judge(
    change('text', {
      outcome: 'denied',
      asIntended: false,
      deniedAction: 'bedrock:InvokeModel',
      deniedArn,
      error: DENIED,
    }),
  );
  expect(findings.map((f) => f.missing)).toEqual([undefined]);
});

test.each([
  [undefined, 'Invalid input'],
  [{}, 'schemaVersion'],
  [{ ...result([]), schemaVersion: 2 }, 'schemaVersion'],
  [{ ...result(asIntended), probes: [{ ...asIntended[0], outcome: 'perhaps' }] }, 'probes.0.outcome'],
])('an answer of another form is refused: %#', (answer, says) => {
  expect(() => readVerificationResult(answer)).toThrow(says);
});

test('an explicit deny names no missing statement', () => {
  const deniedArn = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';
  const error = { ...DENIED, message: 'User: x is not authorized with an explicit deny in an identity-based policy' };
  const { findings } = judge(
    change('text', { outcome: 'denied', asIntended: false, deniedAction: 'bedrock:InvokeModel', deniedArn, error }),
  );
  expect(findings.map((f) => f.missing)).toEqual([undefined]);
});

const OUTCOMES = ['allowed', 'denied', 'unavailable', 'inconclusive'] as const;
const FACTS = OUTCOMES.flatMap((outcome) =>
  [true, false].flatMap((asIntended) =>
    [true, false].flatMap((passes) =>
      [true, false].map((byCatalog) => ({
        outcome,
        asIntended,
        ...(passes && { passes: true as const }),
        ...(byCatalog && { byCatalog: true as const }),
      })),
    ),
  ),
);

test.each(['text', 'bare-model'])(
  '%s is judged as by the gate and the alarm, unless the function says that a wrong outcome is as intended',
  (name) => {
    const expected = name === 'text' ? 'allowed' : 'denied';
    for (const facts of FACTS) {
      const probes = change(name, facts);
      const failed = probes
        .filter((probe) => probe.probe === name)
        .some((probe) => isWrong({ ...probe, asIntended: probe.asIntended && probe.outcome === expected }));
      const open = !facts.asIntended || facts.outcome !== expected;
      expect([facts, judge(probes).verdict]).toEqual([facts, failed ? 'found' : open ? 'unfinished' : 'as intended']);
    }
  },
);
