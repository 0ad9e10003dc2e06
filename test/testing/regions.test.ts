// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub and IAM name what they replace
import '../../lib/testing';
import {
  allow,
  deny,
  type Json,
  MODEL,
  messageOf,
  PROFILE,
  SYSTEM_PROFILE,
  sentenceOf,
  templateOf,
  through,
} from './small-template';

const CLAUDE = 'foundation-model/anthropic.claude-sonnet-4-6';
const NOVA = 'foundation-model/amazon.nova-lite-v1:0';
const GLOBAL = `arn:aws:bedrock:::${NOVA}`;
const may = (what: string): string =>
  `role Api may bedrock:InvokeModel on ${what}; allowed by policy Access statement 1`;
const inRegion = { Condition: { StringEquals: { 'aws:RequestedRegion': ['us-east-1', 'unspecified'] } } };

const cases: readonly [name: string, regions: readonly string[], statements: readonly Json[], says: string][] = [
  ['a model in a Region of the list', ['us-east-1'], [allow({ Resource: MODEL })], 'passes'],
  ['profiles in a Region of the list', ['us-east-1'], [allow({ Resource: [PROFILE, SYSTEM_PROFILE] })], 'passes'],
  ['a model in another Region', ['us-west-2'], [allow({ Resource: MODEL })], may(`${MODEL} without any profile`)],
  ['a profile in another Region', ['us-west-2'], [allow({ Resource: PROFILE })], may(PROFILE)],
  [
    'a system-defined profile in another Region',
    ['us-west-2'],
    [allow({ Resource: SYSTEM_PROFILE })],
    may(SYSTEM_PROFILE),
  ],
  [
    'any Region',
    ['us-east-1'],
    [allow({ Resource: `arn:aws:bedrock:*::${NOVA}` })],
    may(`arn:aws:bedrock:eu-west-1::${NOVA} without any profile`),
  ],
  [
    'any Region, which the policy allows even though the profile in the condition fixes it',
    ['us-east-1'],
    [through('ArnEquals', PROFILE, `arn:aws:bedrock:*::${NOVA}`)],
    may(`arn:aws:bedrock:eu-west-1::${NOVA} through ${PROFILE}`),
  ],
  [
    'Regions that begin alike',
    ['us-east-1', 'us-east-2'],
    [allow({ Resource: `arn:aws:bedrock:us-*::${NOVA}` })],
    may(`arn:aws:bedrock:us-west-2::${NOVA} without any profile`),
  ],
  ['any resource', ['us-east-1'], [allow({})], may(`arn:aws:bedrock:eu-west-1::${CLAUDE} without any profile`)],
  [
    'the Region-less model',
    ['us-east-1'],
    [allow({ Resource: GLOBAL })],
    may(`${GLOBAL} without any profile, which is 'global'`),
  ],
  ['the Region-less model with global', ['us-east-1', 'global'], [allow({ Resource: GLOBAL })], 'passes'],
  ["a profile in a Region with only 'global' allowed", ['global'], [allow({ Resource: PROFILE })], may(PROFILE)],
  ['any resource in one requested Region', ['us-east-1', 'global'], [allow(inRegion)], 'passes'],
  [
    'the requested Region of the Region-less model',
    ['us-east-1'],
    [allow(inRegion)],
    may(`arn:aws:bedrock:::${CLAUDE} without any profile with aws:RequestedRegion 'unspecified', which is 'global'`),
  ],
  [
    'a requested Region outside the list',
    ['eu-west-1'],
    [allow({ Condition: { StringLike: { 'aws:RequestedRegion': 'ap-*' } } })],
    may(`arn:aws:bedrock:ap-east-2::${CLAUDE} without any profile with aws:RequestedRegion 'ap-east-2'`),
  ],
  [
    'every requested Region except one outside the list',
    ['us-east-1'],
    [
      allow({
        Resource: `arn:aws:bedrock:us-*::${NOVA}`,
        Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-2' } },
      }),
    ],
    may(`arn:aws:bedrock:us-west-2::${NOVA} without any profile with aws:RequestedRegion 'us-west-2'`),
  ],
  [
    'a deny of every other Region',
    ['us-east-1'],
    [allow({}), deny({ Condition: { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } } })],
    'passes',
  ],
];

test.each(cases)('%s', (_, regions, statements, says) => {
  expect(sentenceOf(() => expect(templateOf(statements)).toReachOnlyRegions(regions))).toBe(says);
});

test('AWS::Region is us-east-1 by default and otherwise the value of the option', () => {
  const Resource = {
    'Fn::Sub': 'arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.nova-lite-v1:0',
  };
  const template = templateOf([allow({ Resource })]);
  expect(template).toReachOnlyRegions(['us-east-1']);
  expect(template).toReachOnlyRegions(['eu-central-1'], { region: 'eu-central-1' });
  expect(template).not.toReachOnlyRegions(['us-east-1'], { region: 'eu-central-1' });
});

test('the message ends with the change to make', () => {
  expect(
    messageOf(() => expect(templateOf([allow({ Resource: MODEL })])).toReachOnlyRegions(['eu-west-1', 'eu-west-3'])),
  ).toBe(
    `role Api may bedrock:InvokeModel on ${MODEL} without any profile; allowed by policy Access statement 1

Allowed Regions: eu-west-1, eu-west-3. Name each of them in Resource, in an ARN of its own.`,
  );
});

const wrong: readonly [regions: unknown, options: Json, says: string][] = [
  [[], {}, "toReachOnlyRegions needs a list of Regions, such as ['us-east-1', 'us-west-2']"],
  ['us-east-1', {}, "toReachOnlyRegions needs a list of Regions, such as ['us-east-1', 'us-west-2']"],
  [undefined, {}, "toReachOnlyRegions needs a list of Regions, such as ['us-east-1', 'us-west-2']"],
  [['us-east1'], {}, "'us-east1' is not a Region with Bedrock; did you mean 'us-east-1'?"],
  [['Global'], {}, "'Global' is not a Region with Bedrock; did you mean 'global'?"],
  [['us-east-1'], { region: 'eu-west1' }, "'eu-west1' is not a Region with Bedrock; did you mean 'eu-west-1'?"],
  [['us-east-1'], { account: '12345' }, "the account '12345' is not a number of twelve digits"],
];

test.each(wrong)('%j with %j is refused, with .not as well', (regions, options, says) => {
  const template = templateOf([allow({ Resource: MODEL })]);
  expect(sentenceOf(() => expect(template).toReachOnlyRegions(regions as readonly string[], options))).toBe(says);
  expect(sentenceOf(() => expect(template).not.toReachOnlyRegions(regions as readonly string[], options))).toBe(says);
});
