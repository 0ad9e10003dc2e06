import { evaluate } from '../../lib/iam/evaluate/evaluate';
import statements from './boundary.json';
import { documentOf, MODEL, PROFILE } from './verdict';

const SYSTEM_PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.acme.large-v1:0';
const INVOKE = 'bedrock:InvokeModel';
const STREAM = 'bedrock:InvokeModelWithResponseStream';
const account = (service: string, name: string) => `arn:aws:${service}:us-east-1:111122223333:${name}`;
const through = (arn: string) => ({ 'bedrock:InferenceProfileArn': [arn] });

const administrator = { name: 'admin', document: documentOf({ Effect: 'Allow', Action: '*', Resource: '*' }) };
const boundary = { name: 'boundary', document: documentOf(...statements) };

function decide(action: string, resource: string, context = {}) {
  const { decision, decidedBy } = evaluate({ identity: [administrator], boundary }, { action, resource, context });
  return [decision, decidedBy.at(-1)?.sid];
}

test.each([
  ["the profile's own check, which has no key", INVOKE, PROFILE, {}],
  ["the profile's own check, streamed", STREAM, PROFILE, {}],
  ['the model through the profile', INVOKE, MODEL, through(PROFILE)],
  ['the Region-less model through the profile', INVOKE, MODEL.replace('us-east-1', ''), through(PROFILE)],
  ['the system profile', INVOKE, SYSTEM_PROFILE, {}],
  ['the system profile with the key', INVOKE, SYSTEM_PROFILE, through(PROFILE)],
  ['S3', 's3:GetObject', 'arn:aws:s3:::bucket/key', {}],
  ['reading a parameter', 'ssm:GetParameter', account('ssm', 'parameter/bedrock-access/dev/main'), {}],
  ['writing a parameter of its own', 'ssm:PutParameter', account('ssm', 'parameter/search/main'), {}],
  ['counting tokens', 'bedrock:CountTokens', MODEL, {}],
  ['assuming a role of its own', 'sts:AssumeRole', 'arn:aws:iam::111122223333:role/search', {}],
])('%s is allowed under the boundary', (_title, action, resource, context) => {
  expect(decide(action, resource, context)).toEqual(['allowed', 'TheApplicationsOwnWork']);
});

test.each([
  ['the model called directly', INVOKE, MODEL, {}, 'ModelsOnlyThroughApplicationProfiles'],
  ['the model streamed directly', STREAM, MODEL, {}, 'ModelsOnlyThroughApplicationProfiles'],
  ['the Region-less model', INVOKE, MODEL.replace('us-east-1', ''), {}, 'ModelsOnlyThroughApplicationProfiles'],
  [
    'the model through a system profile',
    INVOKE,
    MODEL,
    through(SYSTEM_PROFILE),
    'ModelsOnlyThroughApplicationProfiles',
  ],
  [
    "the model through another account's profile",
    INVOKE,
    MODEL,
    through(PROFILE.replace('1111', '9999')),
    'ModelsOnlyThroughApplicationProfiles',
  ],
  ['a provisioned model', INVOKE, account('bedrock', 'provisioned-model/abc'), {}, 'NoOtherWayToAModel'],
  ['an imported model', INVOKE, account('bedrock', 'imported-model/abc'), {}, 'NoOtherWayToAModel'],
  ['a prompt router', INVOKE, account('bedrock', 'prompt-router/abc'), {}, 'NoOtherWayToAModel'],
  ['a Marketplace endpoint', INVOKE, account('sagemaker', 'endpoint/abc'), {}, 'NoOtherWayToAModel'],
  ['a batch job', 'bedrock:CreateModelInvocationJob', MODEL, through(PROFILE), 'NoSideDoors'],
  ['an agent', 'bedrock:InvokeAgent', account('bedrock', 'agent-alias/a/b'), {}, 'NoSideDoors'],
  ['a bearer token', 'bedrock:CallWithBearerToken', '*', {}, 'NoSideDoors'],
  ['a bearer token of the other service', 'bedrock-mantle:CallWithBearerToken', '*', {}, 'NoSideDoors'],
  [
    'inference of the other service',
    'bedrock-mantle:CreateInference',
    account('bedrock-mantle', 'project/a'),
    {},
    'NoSideDoors',
  ],
  ['deleting a profile', 'bedrock:DeleteInferenceProfile', PROFILE, {}, 'NoSideDoors'],
  ['moving an alias', 'ssm:PutParameter', account('ssm', 'parameter/bedrock-access/dev/main'), {}, 'NoMovingOfAliases'],
  ['assuming a probe role', 'sts:AssumeRole', 'arn:aws:iam::111122223333:role/bedrock-access/probe', {}, 'NoNewRights'],
  [
    'removing the boundary',
    'iam:DeleteRolePermissionsBoundary',
    'arn:aws:iam::111122223333:role/bedrock-access/app',
    {},
    'NoNewRights',
  ],
])('%s is denied under the boundary', (_title, action, resource, context, sid) => {
  expect(decide(action, resource, context)).toEqual(['explicitDeny', sid]);
});

test('without the boundary the administrator calls the model directly', () => {
  expect(evaluate({ identity: [administrator] }, { action: INVOKE, resource: MODEL, context: {} }).decision).toBe(
    'allowed',
  );
});
