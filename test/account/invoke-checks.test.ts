import { invokeChecks } from '../../lib/account/invoke-checks';
import { invokeTarget } from '../../lib/account/invoke-target';
import type { SystemProfileReading } from '../../lib/account/system-profile-reading';
import { readGuardrail } from '../../lib/sandbox/bedrock/guardrail';
import { accountOf, GEOGRAPHIC, GLOBAL, MODEL, modelArn, REGIONAL, SYSTEM_PROFILE } from '../sandbox/small-account';

const account = accountOf([]);
const GUARDRAIL = 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc123';

/** Lists the checks of a call as `resource [Region] key…`. */
function checksOf(modelId: string, reading: SystemProfileReading, guardrailVersion?: string): readonly string[] {
  const target = invokeTarget(account, modelId);
  if (target.kind === 'unknown') {
    return [`${target.error}: ${target.message}`];
  }
  const guardrail =
    guardrailVersion === undefined ? {} : { guardrail: readGuardrail(account, 'abc123', guardrailVersion) };
  return invokeChecks({ account, target, action: 'bedrock:InvokeModel', reading, ...guardrail }).map(
    ({ action, resource, context }) => {
      const { 'aws:RequestedRegion': region, ...keys } = context;
      const rest = Object.entries(keys).map(([key, values]) => `${key.replace(/^bedrock:/, '')}=${values}`);
      return [
        action === 'bedrock:InvokeModel' ? '' : `${action} `,
        resource,
        ` [${region}]`,
        ...rest.map((r) => ` ${r}`),
      ].join('');
    },
  );
}

const OWN = `${GEOGRAPHIC.arn} [us-east-1] aws:ResourceTag/Team=chat`;
const KEY = ` InferenceProfileArn=${GEOGRAPHIC.arn}`;
const DESTINATIONS = ['us-east-1', 'us-east-2', 'us-west-2'];
const MODELS = DESTINATIONS.map((region) => `${modelArn(region)} [${region}]${KEY}`);
const SYSTEM = `${SYSTEM_PROFILE} [us-east-1]`;

test.each<[SystemProfileReading, readonly string[]]>([
  ['unasked', []],
  ['without-key', [SYSTEM]],
  ['with-key', [SYSTEM + KEY]],
  ['every', [SYSTEM, SYSTEM + KEY]],
])(
  'a call of an application profile over a geography is checked on the profile, the system profile (%s) and every destination',
  (reading, system) => {
    expect(checksOf(GEOGRAPHIC.arn, reading)).toEqual([OWN, ...system, ...MODELS]);
  },
);

test('a call of an application profile over a foundation model is checked on the profile and the model in its Region', () => {
  expect(checksOf(REGIONAL.arn, 'every')).toEqual([
    `${REGIONAL.arn} [us-east-1] aws:ResourceTag/Team=chat`,
    `${modelArn('us-east-1')} [us-east-1] InferenceProfileArn=${REGIONAL.arn}`,
  ]);
});

test('a call of an application profile over global is checked on the model without Region, in the Region `unspecified`', () => {
  const model = 'amazon.nova-2-lite-v1:0';
  expect(checksOf(GLOBAL.arn, 'unasked')).toEqual([
    `${GLOBAL.arn} [us-east-1] aws:ResourceTag/Team=chat`,
    `${modelArn('', model)} [unspecified] InferenceProfileArn=${GLOBAL.arn}`,
    `${modelArn('us-east-1', model)} [us-east-1] InferenceProfileArn=${GLOBAL.arn}`,
  ]);
});

test.each([`us.${MODEL}`, SYSTEM_PROFILE])(
  'a call of the system profile %s is checked on the profile, and on every destination with its ARN',
  (id) => {
    expect(checksOf(id, 'every')).toEqual([
      SYSTEM,
      ...DESTINATIONS.map((region) => `${modelArn(region)} [${region}] InferenceProfileArn=${SYSTEM_PROFILE}`),
    ]);
  },
);

test.each([MODEL, modelArn('us-east-1')])(
  'a call of the model %s is checked on the model in its Region, without a profile key',
  (id) => {
    expect(checksOf(id, 'every')).toEqual([`${modelArn('us-east-1')} [us-east-1]`]);
  },
);

test('a guardrail is a key of the checks on system profile and models only, and adds a check of ApplyGuardrail', () => {
  const key = ` GuardrailIdentifier=${GUARDRAIL}:2`;
  const guarded = (check: string): string => check.replace(/\]/, `]${key}`);
  expect(checksOf(GEOGRAPHIC.arn, 'every', '2')).toEqual([
    OWN,
    guarded(SYSTEM),
    guarded(SYSTEM + KEY),
    ...MODELS.map(guarded),
    `bedrock:ApplyGuardrail ${GUARDRAIL} [us-east-1]`,
  ]);
});

test('the draft of a guardrail has no version suffix', () => {
  expect(checksOf(MODEL, 'every', 'DRAFT')[0]).toBe(
    `${modelArn('us-east-1')} [us-east-1] GuardrailIdentifier=${GUARDRAIL}`,
  );
});

const INVALID = 'ValidationException: The provided model identifier is invalid.';

test.each([
  [
    'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/zzzzzzzzzzzz',
    expect.stringMatching(/^ResourceNotFoundException/),
  ],
  [
    'arn:aws:bedrock:us-east-1:999999999999:application-inference-profile/aaaaaaaaaaaa',
    expect.stringMatching(/^ResourceNotFoundException/),
  ],
  ['aaaaaaaaaaaa', INVALID],
  ['no.such-model', INVALID],
  ['eu.amazon.nova-lite-v1:0', INVALID],
  ['us.no-such-model', INVALID],
  ['regional.amazon.nova-lite-v1:0', INVALID],
  ['arn:aws:bedrock:us-east-1:999999999999:inference-profile/us.amazon.nova-lite-v1:0', INVALID],
  [modelArn('us-west-2'), INVALID],
  ['arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abc', INVALID],
  ['', INVALID],
])('the model id %p is answered with an error', (modelId, error) => {
  expect(checksOf(modelId, 'every')).toEqual([error]);
});
