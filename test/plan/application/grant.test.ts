import type { Routing } from '../../../lib/catalog/routing';
import { type GuardrailPlan, grantGeneration, grantLookup } from '../../../lib/plan/application/grant';
import { planGeneration } from '../../../lib/plan/parts/generation-plan';
import { application, place, planOf } from '../environments';

const Action = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const withLookup = [...Action, 'bedrock:GetInferenceProfile'];
const model = (region: string, id: string): string => `arn:aws:bedrock:${region}::foundation-model/${id}`;
const profile = (name: string): string =>
  `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/{${name}}`;
const system = (id: string): string => `arn:aws:bedrock:us-east-1:111122223333:inference-profile/${id}`;

const guardrail: GuardrailPlan = {
  id: 'abcdefgh1234',
  version: '7',
  arn: 'arn:aws:bedrock:us-east-1:111122223333:guardrail/abcdefgh1234',
};

function grant(alias: string, modelId: string, routing: Routing, guarded?: GuardrailPlan) {
  return grantGeneration(planGeneration(place, 'chat', alias, { model: modelId, routing }), guarded, ['default']);
}

/** The tier that a request may name. It matches requests without the key too. */
const byDefault = { StringEqualsIfExists: { 'bedrock:ServiceTier': ['default'] } };

test('regional routing grants the profile, and the model of the own Region through that profile only', () => {
  const arn = profile('dev_chat_fast_nova-lite_08137e');
  expect(grant('fast', 'amazon.nova-lite-v1:0', 'regional')).toEqual([
    { Sid: 'Fast08137eProfile', Effect: 'Allow', Action: withLookup, Resource: [arn], Condition: byDefault },
    {
      Sid: 'Fast08137eModel',
      Effect: 'Allow',
      Action,
      Resource: [model('us-east-1', 'amazon.nova-lite-v1:0')],
      Condition: { ArnEquals: { 'bedrock:InferenceProfileArn': arn }, ...byDefault },
    },
  ]);
});

test('a geography grants the model in every destination Region and the system profile, through the profile only', () => {
  const id = 'anthropic.claude-sonnet-4-6';
  const arn = profile('dev_chat_main-one_claude-sonnet-4-6_ecb169');
  expect(grant('main-one', id, 'us')).toEqual([
    { Sid: 'MainOneecb169Profile', Effect: 'Allow', Action: withLookup, Resource: [arn], Condition: byDefault },
    {
      Sid: 'MainOneecb169Model',
      Effect: 'Allow',
      Action,
      Resource: [model('us-east-1', id), model('us-east-2', id), model('us-west-2', id)],
      Condition: { ArnEquals: { 'bedrock:InferenceProfileArn': arn }, ...byDefault },
    },
    {
      Sid: 'MainOneecb169SystemProfile',
      Effect: 'Allow',
      Action,
      Resource: [system(`us.${id}`)],
      Condition: { ArnEqualsIfExists: { 'bedrock:InferenceProfileArn': arn }, ...byDefault },
    },
  ]);
});

test('global routing grants the model in the own Region and without a Region, and the system profile', () => {
  const id = 'anthropic.claude-haiku-4-5-20251001-v1:0';
  const arn = profile('dev_chat_answer_claude-haiku-4-5-20251001_9d223a');
  expect(grant('answer', id, 'global')).toEqual([
    { Sid: 'Answer9d223aProfile', Effect: 'Allow', Action: withLookup, Resource: [arn], Condition: byDefault },
    {
      Sid: 'Answer9d223aModel',
      Effect: 'Allow',
      Action,
      Resource: [`arn:aws:bedrock:::foundation-model/${id}`, model('us-east-1', id)],
      Condition: { ArnEquals: { 'bedrock:InferenceProfileArn': arn }, ...byDefault },
    },
    {
      Sid: 'Answer9d223aSystemProfile',
      Effect: 'Allow',
      Action,
      Resource: [system(`global.${id}`)],
      Condition: { ArnEqualsIfExists: { 'bedrock:InferenceProfileArn': arn }, ...byDefault },
    },
  ]);
});

test('a guardrail allows calls of the model with this version of the guardrail only', () => {
  const arn = profile('dev_chat_fast_nova-lite_08137e');
  expect(grant('fast', 'amazon.nova-lite-v1:0', 'regional', guardrail)).toEqual([
    { Sid: 'Fast08137eProfile', Effect: 'Allow', Action: withLookup, Resource: [arn], Condition: byDefault },
    {
      Sid: 'Fast08137eModel',
      Effect: 'Allow',
      Action,
      Resource: [model('us-east-1', 'amazon.nova-lite-v1:0')],
      Condition: {
        ArnEquals: { 'bedrock:InferenceProfileArn': arn },
        ...byDefault,
        StringEquals: { 'bedrock:GuardrailIdentifier': `${guardrail.arn}:7` },
      },
    },
  ]);
});

test('every statement admits the tiers that the file lists, and no other', () => {
  const generation = planGeneration(place, 'chat', 'main', { model: 'anthropic.claude-sonnet-4-6', routing: 'us' });
  const tiers = grantGeneration(generation, undefined, ['default', 'flex']).map(
    (s) => s.Condition?.['StringEqualsIfExists'],
  );
  expect(tiers).toEqual(Array(3).fill({ 'bedrock:ServiceTier': ['default', 'flex'] }));
});

test('an embedding model takes no guardrail', () => {
  const embed = ['embed', 'amazon.titan-embed-text-v2:0', 'regional'] as const;
  expect(grant(...embed, guardrail)).toEqual(grant(...embed));
});

test('an application may read its own parameters and apply its guardrail', () => {
  const parameters = 'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/chat';
  const read = {
    Sid: 'ReadAliases',
    Effect: 'Allow',
    Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
    Resource: [parameters, `${parameters}/*`],
  };
  expect(grantLookup(place, 'chat', undefined)).toEqual([read]);
  expect(grantLookup(place, 'chat', guardrail)).toEqual([
    read,
    { Sid: 'ApplyGuardrail', Effect: 'Allow', Action: ['bedrock:ApplyGuardrail'], Resource: [guardrail.arn] },
  ]);
});

test('a grant covers both generations of an alias, and nothing else', () => {
  const current = { model: 'anthropic.claude-sonnet-5', routing: 'us' } as const;
  const previous = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } as const;
  const [chat] = planOf({ chat: application({ models: { main: { ...current, previous } } }) }).applications;
  expect(chat?.policies.map((p) => p.statements)).toEqual([
    [
      ...grantLookup(place, 'chat', undefined),
      ...grant('main', current.model, current.routing),
      ...grant('main', previous.model, previous.routing),
    ],
  ]);
});
