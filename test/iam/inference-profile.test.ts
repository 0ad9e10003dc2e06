import { MODEL, PROFILE, verdict } from './verdict';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const OTHER_PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/zzz999zzz999';
const SYSTEM_PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.acme.large-v1:0';
const OTHER_MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/acme.small-v1:0';

const STATEMENTS = [
  { Sid: 'InvokeProfile', Effect: 'Allow', Action: INVOKE, Resource: [PROFILE] },
  {
    Sid: 'InvokeModelThroughProfile',
    Effect: 'Allow',
    Action: INVOKE,
    Resource: [MODEL],
    Condition: { ArnEquals: { 'bedrock:InferenceProfileArn': PROFILE } },
  },
];

const through = (arn: string) => ({ 'bedrock:InferenceProfileArn': [arn] });

test.each([
  ['the profile itself', { resource: PROFILE }],
  ['the profile, streamed', { resource: PROFILE, action: 'bedrock:InvokeModelWithResponseStream' }],
  ['the model through the profile', { context: through(PROFILE) }],
  ['the key in another case', { context: { 'Bedrock:inferenceprofilearn': [PROFILE] } }],
])('%s is allowed', (_title, request) => {
  expect(verdict(STATEMENTS, request)).toBe('allowed');
});

test.each([
  ['the model called directly', {}],
  ['the model streamed directly', { action: 'bedrock:InvokeModelWithResponseStream' }],
  ['the model through another application profile', { context: through(OTHER_PROFILE) }],
  ['the model through the system profile', { context: through(SYSTEM_PROFILE) }],
  ['the model through a profile of another account', { context: through(PROFILE.replace('1111', '9999')) }],
  ['the model through a profile of another Region', { context: through(PROFILE.replace('us-east-1', 'us-west-2')) }],
  ['the model through a profile of another partition', { context: through(PROFILE.replace('aws', 'aws-cn')) }],
  ['the model through a profile in upper case', { context: through(PROFILE.toUpperCase()) }],
  ['the model through the profile id alone', { context: through('abc123def456') }],
  ['the model through an empty name', { context: through('') }],
  ['another model through the profile', { resource: OTHER_MODEL, context: through(PROFILE) }],
  ['the model of another Region', { resource: MODEL.replace('us-east-1', 'us-west-2'), context: through(PROFILE) }],
  ['another application profile', { resource: OTHER_PROFILE }],
  ['the system profile', { resource: SYSTEM_PROFILE }],
  ['another action on the profile', { resource: PROFILE, action: 'bedrock:GetInferenceProfile' }],
  ['an action that starts alike', { resource: PROFILE, action: 'bedrock:InvokeModelWithBidirectionalStream' }],
])('%s is denied', (_title, request) => {
  expect(verdict(STATEMENTS, request)).toBe('implicitDeny');
});

test('two profiles in the key are refused, not guessed', () => {
  expect(verdict(STATEMENTS, { context: { 'bedrock:InferenceProfileArn': [PROFILE, OTHER_PROFILE] } })).toBe('refused');
});
