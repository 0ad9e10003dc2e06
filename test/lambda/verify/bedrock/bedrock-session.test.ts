import { classifyError } from '../../../../aws/errors/classify-error';
import { bedrockSession } from '../../../../lambda/verify/bedrock/bedrock-session';
import type { Call, Session } from '../../../../lambda/verify/bedrock/call';
import { modelCalls } from '../../../../lambda/verify/bedrock/clients';
import { judgeDenied } from '../../../../lambda/verify/probes/judge';
import type { DeniedProbe } from '../../../../lambda/verify/result';
import { type Sandbox, startSandbox } from '../../../../lib/sandbox/start-sandbox';
import {
  ANYTHING,
  accountOf,
  allow,
  documentOf,
  GEOGRAPHIC,
  INVOKE,
  MODEL,
  modelArn,
  REGIONAL,
  role,
  type Statement,
  SYSTEM_PROFILE,
} from '../../../sandbox/small-account';

const GUARDRAIL = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc';
const THROUGH = { 'bedrock:InferenceProfileArn': GEOGRAPHIC.arn };
const WITH_GUARDRAIL = { StringEquals: { 'bedrock:GuardrailIdentifier': `${GUARDRAIL}:1` } };
const TIER = { StringEqualsIfExists: { 'bedrock:ServiceTier': 'default' } };
const PROFILE = allow(INVOKE, GEOGRAPHIC.arn, TIER);
const SYSTEM = allow(INVOKE, SYSTEM_PROFILE, { ArnEqualsIfExists: THROUGH });
const MODELS = ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => modelArn(region));
const modelsIf = (Condition?: unknown): Statement => allow(INVOKE, MODELS, Condition);
const GUARDED = modelsIf({ ArnEquals: THROUGH, ...WITH_GUARDRAIL });
const ANY_TIER = allow(INVOKE, GEOGRAPHIC.arn);
const APPLY = allow('bedrock:ApplyGuardrail', GUARDRAIL);
const INTENDED = [PROFILE, SYSTEM, GUARDED, APPLY];
const EVERYWHERE = 'arn:aws:bedrock:*::foundation-model/*';

/** Wrong policies of roles, keyed by the name of the mistake. */
const MISTAKES: Readonly<Record<string, readonly Statement[]>> = {
  intended: INTENDED,
  'without-profile-condition': [PROFILE, SYSTEM, modelsIf(WITH_GUARDRAIL), APPLY],
  'other-profiles': [
    allow(INVOKE, 'arn:aws:bedrock:*:*:application-inference-profile/*'),
    allow(INVOKE, EVERYWHERE),
    APPLY,
  ],
  'every-model': [...INTENDED, allow(INVOKE, EVERYWHERE)],
  'destination-model': [...INTENDED, allow(INVOKE, modelArn('us-west-2'))],
  'system-profile': [
    ...INTENDED,
    allow(INVOKE, [SYSTEM_PROFILE, ...MODELS], { ArnLike: { 'bedrock:InferenceProfileArn': SYSTEM_PROFILE } }),
  ],
  'without-guardrail-condition': [PROFILE, SYSTEM, modelsIf({ ArnEquals: THROUGH })],
  'every-tier': [...INTENDED, ANY_TIER],
  'bearer-tokens': [...INTENDED, allow('bedrock:CallWithBearerToken', '*')],
  mantle: [...INTENDED, allow('bedrock-mantle:*', '*')],
  everything: [ANYTHING],
};

const BOUNDARY = { name: 'boundary', document: documentOf([ANYTHING]) };
const account = accountOf(
  Object.entries(MISTAKES).map(([name, statements]) => role(name, statements, { boundary: BOUNDARY })),
);

const guardrail = { id: 'abc', version: '1' };
const unguarded: Call = { operation: 'Converse', target: GEOGRAPHIC.arn, modelId: MODEL };
const own: Call = { ...unguarded, guardrail };
const CALLS: Readonly<Record<DeniedProbe, Call>> = {
  'foreign-profile': { ...own, target: REGIONAL.arn },
  'missing-profile': { ...own, target: GEOGRAPHIC.arn.replace(GEOGRAPHIC.id, '000000000000') },
  'bare-model': { ...own, target: MODEL },
  'destination-model': { ...unguarded, target: MODEL, region: 'us-west-2' },
  'system-profile': { ...own, target: `us.${MODEL}` },
  'other-region': { ...unguarded, target: `eu.${MODEL}`, region: 'eu-central-1' },
  'no-guardrail': unguarded,
  'other-tier': { ...own, tier: 'priority' },
  'bearer-token': { ...own, bearer: true },
  mantle: { operation: 'CreateInference', target: MODEL, modelId: MODEL },
};

const requests = modelCalls();
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ account });
  process.env['AWS_ENDPOINT_URL'] = sandbox.url;
});
afterAll(async () => {
  requests.destroy();
  delete process.env['AWS_ENDPOINT_URL'];
  await sandbox.close();
});

function sessionOf(name: string): Session {
  const { sessionToken = '', ...keys } = sandbox.credentialsFor(`arn:aws:iam::111122223333:role/team/${name}`);
  return bedrockSession({ ...keys, sessionToken }, 'us-east-1', () => 0, requests);
}

const signal = new AbortController().signal;

/** Returns the probes of a role whose outcome is not `denied`. */
async function notDenied(name: string): Promise<readonly string[]> {
  const session = sessionOf(name);
  const outcomes = await Promise.all(
    Object.entries(CALLS).map(async ([probe, call]) => {
      const ended = await session.send(call, signal).then(
        (value) => ({ value }),
        (error) => ({ failure: classifyError(error) }),
      );
      return [probe, judgeDenied(probe as DeniedProbe, ended, true).outcome] as const;
    }),
  );
  return outcomes.filter(([, outcome]) => outcome !== 'denied').map((line) => line.join(' '));
}

test.each<[string, readonly string[]]>([
  ['intended', []],
  ['without-profile-condition', ['bare-model allowed', 'system-profile allowed']],
  [
    'other-profiles',
    [
      'foreign-profile allowed',
      'missing-profile inconclusive',
      'bare-model allowed',
      'destination-model allowed',
      'no-guardrail inconclusive',
    ],
  ],
  [
    'every-model',
    ['bare-model allowed', 'destination-model allowed', 'system-profile allowed', 'no-guardrail allowed'],
  ],
  ['destination-model', ['destination-model allowed']],
  ['system-profile', ['system-profile allowed']],
  ['without-guardrail-condition', ['no-guardrail allowed']],
  ['every-tier', ['other-tier allowed']],
  ['bearer-tokens', ['bearer-token allowed']],
  ['mantle', ['mantle allowed']],
  [
    'everything',
    Object.keys(CALLS).map((probe) => `${probe} ${probe === 'missing-profile' ? 'inconclusive' : 'allowed'}`),
  ],
])('a role with the mistake %s', async (name, expected) => {
  expect(await notDenied(name)).toEqual(expected);
});

test('the intended role may call its own profile, and the tokens of bedrock-mantle are counted', async () => {
  const intended = sessionOf('intended');
  const everything = sessionOf('everything');
  expect(await intended.send(own, signal)).toMatchObject({
    requestId: expect.any(String),
    inputTokens: expect.any(Number),
  });
  expect(await everything.send(CALLS.mantle, signal)).toEqual({
    requestId: expect.any(String),
    inputTokens: expect.any(Number),
    outputTokens: expect.any(Number),
  });
});

test('the endpoint of each service can be set separately', async () => {
  const session = sessionOf('mantle');
  process.env['AWS_ENDPOINT_URL'] = 'http://127.0.0.1:9';
  process.env['AWS_ENDPOINT_URL_BEDROCK_MANTLE'] = `${sandbox.url}/`;
  process.env['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'] = sandbox.url;
  try {
    await session.send(CALLS.mantle, signal);
    await session.send(own, signal);
  } finally {
    delete process.env['AWS_ENDPOINT_URL_BEDROCK_MANTLE'];
    delete process.env['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'];
    process.env['AWS_ENDPOINT_URL'] = sandbox.url;
  }
});
