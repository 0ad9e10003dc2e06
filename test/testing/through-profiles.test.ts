import '../../lib/testing';
import { evaluate } from '../../lib/iam/evaluate/evaluate';
import { BEDROCK, judge } from '../../lib/testing/judge';
import { MODEL_WITHOUT_PROFILE, SIDE_DOOR } from '../../lib/testing/through-profiles';
import {
  allow,
  deny,
  documentOf,
  type Json,
  MODEL,
  messageOf,
  PROFILE,
  SYSTEM_PROFILE,
  sentenceOf,
  templateOf,
  through,
} from './small-template';

const ANY_PROFILE = 'arn:aws:bedrock:*:*:application-inference-profile/*';
const CLAUDE = 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6';
const bare = (what: string, statement = 'statement 1'): string =>
  `role Api may bedrock:InvokeModel on ${what}; allowed by policy Access ${statement}`;
const system = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.anthropic.claude-sonnet-4-6';

const table: readonly [name: string, statements: readonly Json[], says: string, boundary?: readonly Json[]][] = [
  ['the profile alone', [allow({ Resource: PROFILE })], 'passes'],
  ['a model through the profile', [allow({ Resource: PROFILE }), through('ArnEquals')], 'passes'],
  ['ArnLike with any application profile', [through('ArnLike', ANY_PROFILE)], 'passes'],
  ['StringEquals', [through('StringEquals')], 'passes'],
  ['StringLike with any application profile', [through('StringLike', ANY_PROFILE)], 'passes'],
  ['any model in any Region through the profile', [through('ArnEquals', PROFILE, '*')], 'passes'],
  ['a system-defined profile without its models', [allow({ Resource: SYSTEM_PROFILE })], 'passes'],
  ['another service', [allow({ Resource: PROFILE }), allow({ Action: 's3:*' })], 'passes'],
  [
    'profile and guardrail in one statement',
    [
      allow({
        Action: ['bedrock:InvokeModel', 'bedrock:ApplyGuardrail'],
        Resource: [PROFILE, 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abc'],
      }),
    ],
    'passes',
  ],
  ['a bare model', [allow({ Resource: MODEL })], bare(`${MODEL} without any profile`)],
  [
    'a bare model for requests with two tags',
    [
      allow({
        Resource: MODEL,
        Condition: {
          'ForAnyValue:StringEquals': { 'aws:TagKeys': 'Cost' },
          'ForAnyValue:StringLike': { 'aws:TagKeys': 'Team' },
        },
      }),
    ],
    bare(`${MODEL} without any profile with aws:tagkeys 'Cost' and 'Team'`),
  ],
  [
    'a Sid instead of a number',
    [allow({ Sid: 'Models', Resource: MODEL })],
    bare(`${MODEL} without any profile`, 'Sid Models'),
  ],
  [
    'a bare model behind a statement of another service',
    [allow({ Action: 's3:GetObject' }), allow({ Resource: MODEL })],
    bare(`${MODEL} without any profile`, 'statement 2'),
  ],
  ['any model', [allow({ Resource: 'arn:aws:bedrock:*::foundation-model/*' })], bare(`${CLAUDE} without any profile`)],
  ['any resource', [allow({})], bare(`${CLAUDE} without any profile`)],
  ['an action with a wildcard', [allow({ Action: 'bedrock:InvokeModel*' })], bare(`${CLAUDE} without any profile`)],
  [
    'streaming alone',
    [allow({ Action: 'bedrock:InvokeModelWithResponseStream', Resource: MODEL })],
    `role Api may bedrock:InvokeModelWithResponseStream on ${MODEL} without any profile; allowed by policy Access statement 1`,
  ],
  ['IfExists', [through('ArnEqualsIfExists')], bare(`${MODEL} without any profile`)],
  [
    'an operator that an absent key meets',
    [through('ArnNotEquals', SYSTEM_PROFILE)],
    bare(`${MODEL} without any profile`),
  ],
  ['ForAllValues', [through('ForAllValues:ArnEquals')], bare(`${MODEL} without any profile`)],
  ['Null, which only requires the key', [through('Null', 'false')], bare(`${MODEL} through ${system}`)],
  [
    'any profile at all',
    [through('ArnLike', 'arn:aws:bedrock:*:*:*inference-profile/*')],
    bare(`${MODEL} through ${system}`),
  ],
  [
    'the system-defined profile in the key',
    [through('ArnEquals', SYSTEM_PROFILE)],
    bare(`${MODEL} through ${SYSTEM_PROFILE}`),
  ],
  [
    'one good and one bad profile in the key',
    [through('ArnEquals', [PROFILE, SYSTEM_PROFILE])],
    bare(`${MODEL} through ${SYSTEM_PROFILE}`),
  ],
  [
    'an additional condition',
    [allow({ Resource: MODEL, Condition: { StringEquals: { 'aws:ResourceTag/team': 'chat' } } })],
    bare(`${MODEL} without any profile with aws:ResourceTag/team 'chat'`),
  ],
  [
    'a condition on the Region that is in the ARN',
    [allow({ Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
    bare(
      "arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-sonnet-4-6 without any profile with aws:RequestedRegion 'eu-west-1'",
    ),
  ],
  [
    'a condition on another Region than the one in the ARN',
    [allow({ Resource: MODEL, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } })],
    'passes',
  ],
  [
    'an imported model',
    [allow({ Resource: 'arn:aws:bedrock:us-east-1:111122223333:imported-model/abc' })],
    bare('arn:aws:bedrock:us-east-1:111122223333:imported-model/abc without any profile'),
  ],
  [
    'the models of an unknown provider',
    [allow({ Resource: 'arn:aws:bedrock:us-east-1::foundation-model/acme.*' })],
    bare('arn:aws:bedrock:us-east-1::foundation-model/acme.any without any profile'),
  ],
  [
    'NotResource',
    [{ Effect: 'Allow', Action: 'bedrock:InvokeModel', NotResource: MODEL }],
    bare(`${CLAUDE} without any profile`),
  ],
  [
    'NotAction',
    [{ Effect: 'Allow', NotAction: ['iam:*', 'bedrock:Create*'], Resource: PROFILE }],
    `role Api may bedrock:InvokeAgent on ${PROFILE}, which is charged to no profile; allowed by policy Access statement 1`,
  ],
  [
    'NotAction of all of Bedrock',
    [allow({ Resource: PROFILE }), { Effect: 'Allow', NotAction: ['bedrock:*', 'bedrock-mantle:*'], Resource: '*' }],
    'passes',
  ],
  [
    'a side door',
    [allow({ Action: 'bedrock:CallWithBearerToken' })],
    `role Api may bedrock:CallWithBearerToken, which is charged to no profile; allowed by policy Access statement 1`,
  ],
  [
    'the endpoint bedrock-mantle',
    [allow({ Action: 'bedrock-mantle:CreateInference' })],
    `role Api may bedrock-mantle:CreateInference, which is charged to no profile; allowed by policy Access statement 1`,
  ],
  [
    'a deny of calls without an application profile',
    [allow({}), deny({ Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': ANY_PROFILE } } })],
    'passes',
  ],
  [
    'a deny that omits the streaming action',
    [allow({ Resource: MODEL }), deny({ Action: 'bedrock:InvokeModel' })],
    `role Api may bedrock:InvokeModelWithResponseStream on ${MODEL} without any profile; allowed by policy Access statement 1`,
  ],
  [
    'a boundary that allows only profiles',
    [allow({ Action: 'bedrock:*' })],
    'passes',
    [through('ArnLike', ANY_PROFILE, '*')],
  ],
  ['a boundary without Bedrock', [allow({ Action: '*' })], 'passes', [allow({ Action: 's3:*' })]],
  [
    'a boundary that allows models',
    [allow({ Resource: MODEL })],
    bare(`${MODEL} without any profile`),
    [allow({ Action: '*' })],
  ],
];

const cases = table.map(([name, statements, says, boundary]) => ({ name, statements, says, boundary }));

test.each(cases)('$name', ({ statements, says, boundary }) => {
  expect(sentenceOf(() => expect(templateOf(statements, boundary)).toInvokeOnlyThroughProfiles())).toBe(says);
});

test.each(cases)('with .not the opposite: $name', ({ statements, says, boundary }) => {
  const sentence = sentenceOf(() => expect(templateOf(statements, boundary)).not.toInvokeOnlyThroughProfiles());
  expect(sentence.replace(/: \d.*/, '')).toBe(
    says === 'passes' ? 'no principal may invoke a model except through an application inference profile' : 'passes',
  );
});

test.each(cases)('the evaluator allows every witness: $name', ({ statements, says, boundary }) => {
  const { breaches } = judge(
    templateOf(statements, boundary),
    { rules: [MODEL_WITHOUT_PROFILE, SIDE_DOOR], about: BEDROCK },
    {},
  );
  const layers = {
    identity: [{ name: 'Access', document: documentOf(statements) }],
    ...(boundary && { boundary: { name: 'Boundary', document: documentOf(boundary) } }),
  };
  expect(breaches.map((b) => evaluate(layers, b.request).decision)).toEqual(breaches.map(() => 'allowed'));
  expect(breaches.length > 0).toBe(says !== 'passes');
});

test('the message ends with the change to make, and counts the breaches that it does not show', () => {
  const models = ['a', 'b', 'c', 'd', 'e'].map((id) => `arn:aws:bedrock:us-east-1::foundation-model/acme.${id}`);
  const statements = [...models.map((Resource) => allow({ Resource })), allow({ Action: 'bedrock:InvokeFlow' })];
  expect(messageOf(() => expect(templateOf(statements)).toInvokeOnlyThroughProfiles())).toBe(
    `role Api may bedrock:InvokeModel on arn:aws:bedrock:us-east-1::foundation-model/acme.a without any profile; allowed by policy Access statement 1
role Api may bedrock:InvokeModel on arn:aws:bedrock:us-east-1::foundation-model/acme.b without any profile; allowed by policy Access statement 2
role Api may bedrock:InvokeModel on arn:aws:bedrock:us-east-1::foundation-model/acme.c without any profile; allowed by policy Access statement 3
and 3 more

Allow models only with "Condition": {"ArnLike": {"bedrock:InferenceProfileArn": "<the ARN of the application inference profile>"}}.
Remove actions that are charged to no profile from the policy, or deny them in the permissions boundary.`,
  );
});

test('.not shows the proven statement and the number of request classes', () => {
  expect(messageOf(() => expect(templateOf([allow({ Resource: PROFILE })])).not.toInvokeOnlyThroughProfiles())).toBe(
    'no principal may invoke a model except through an application inference profile: 18 request classes of 1 principal were checked',
  );
});
