import '../../lib/testing';
import {
  Agent,
  AgentAlias,
  ApplicationInferenceProfile,
  BedrockFoundationModel,
  CrossRegionInferenceProfile,
  CrossRegionInferenceProfileRegion,
  DefaultPromptRouterIdentifier,
  Guardrail,
  Prompt,
  PromptRouter,
  PromptVariant,
} from '@aws-cdk/aws-bedrock-alpha';
import type { Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import { roleOf, sentenceOf, synthesized } from './small-template';

const model = BedrockFoundationModel.ANTHROPIC_CLAUDE_3_5_SONNET_V1_0;
const us = CrossRegionInferenceProfile.fromConfig({ geoRegion: CrossRegionInferenceProfileRegion.US, model });
const router = PromptRouter.fromDefaultId(DefaultPromptRouterIdentifier.ANTHROPIC_CLAUDE_V1, 'us-east-1');

const profileOf = (stack: Stack, modelSource: ApplicationInferenceProfile['inferenceProfileModel'] = us) =>
  new ApplicationInferenceProfile(stack, 'Chat', { applicationInferenceProfileName: 'chat', modelSource });
const agentOf = (stack: Stack): Agent =>
  new Agent(stack, 'Helper', {
    foundationModel: model,
    instruction: 'Answer questions about invoices, and about nothing else.',
  });
function promptOf(stack: Stack): Prompt {
  const defaultVariant = PromptVariant.text({ variantName: 'v', model, promptText: 'Summarize.', promptVariables: [] });
  return new Prompt(stack, 'Summary', { promptName: 'summary', variants: [defaultVariant], defaultVariant });
}

const modelIn = (region: string): string =>
  `arn:aws:bedrock:${region}::foundation-model/anthropic.claude-3-5-sonnet-20240620-v1:0`;
const who = 'role CallerBA8D1D35 may bedrock:';
const by = (statement: number): string => `; allowed by policy CallerDefaultPolicy0AE726D9 statement ${statement}`;
const bare = (region: string, arn = modelIn(region)): string =>
  `${who}InvokeModel on ${arn} without any profile${by(1)}`;
const noStream = (statement: number): string =>
  `${who}InvokeModel on the profile Chat26DEB33F, but not bedrock:InvokeModelWithResponseStream${by(statement)}`;
const nothing = 'nothing in the template grants bedrock:InvokeModel, so there is nothing to prove';

interface Grant {
  readonly name: string;
  readonly grant: (caller: IRole, stack: Stack) => unknown;
  readonly through: string;
  readonly inUsEast1: string;
  readonly streams: string;
}

const grants: readonly Grant[] = [
  {
    name: 'BedrockFoundationModel.grantInvoke',
    grant: (caller) => model.grantInvoke(caller),
    through: bare('us-east-1'),
    inUsEast1: 'passes',
    streams: 'passes',
  },
  {
    name: 'BedrockFoundationModel.grantInvokeAllRegions',
    grant: (caller) => model.grantInvokeAllRegions(caller),
    through: bare('us-east-1'),
    inUsEast1: bare('eu-west-1'),
    streams: 'passes',
  },
  {
    name: 'CrossRegionInferenceProfile.grantInvoke',
    grant: (caller) => us.grantInvoke(caller),
    through: bare('us-east-1'),
    inUsEast1: bare('eu-west-1'),
    streams: 'passes',
  },
  {
    name: 'CrossRegionInferenceProfile.grantProfileUsage, which allows no model',
    grant: (caller) => us.grantProfileUsage(caller),
    through: 'passes',
    inUsEast1: 'passes',
    streams: 'passes',
  },
  {
    name: 'ApplicationInferenceProfile.grantInvoke of a system-defined profile',
    grant: (caller, stack) => profileOf(stack).grantInvoke(caller),
    through: bare('us-east-1'),
    inUsEast1: bare('eu-west-1'),
    streams: noStream(3),
  },
  {
    name: 'ApplicationInferenceProfile.grantInvoke of a model',
    grant: (caller, stack) => profileOf(stack, model).grantInvoke(caller),
    through: bare('us-east-1'),
    inUsEast1: 'passes',
    streams: noStream(2),
  },
  {
    name: 'ApplicationInferenceProfile.grantProfileUsage, which allows no model',
    grant: (caller, stack) => profileOf(stack).grantProfileUsage(caller),
    through: 'passes',
    inUsEast1: 'passes',
    streams: noStream(1),
  },
  {
    name: 'PromptRouter.grantInvoke',
    grant: (caller) => router.grantInvoke(caller),
    through: bare('us-east-1', 'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0'),
    inUsEast1: bare('eu-west-1', 'arn:aws:bedrock:eu-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0'),
    streams: 'passes',
  },
  {
    name: 'Agent.grantInvoke',
    grant: (caller, stack) => agentOf(stack).grantInvoke(caller),
    through: `${who}InvokeAgent on arn:aws:bedrock:us-east-1:111122223333:agent/HelperD4411AF3, which is charged to no profile${by(1)}`,
    inUsEast1: 'passes',
    streams: 'passes',
  },
  {
    name: 'AgentAlias.grantInvoke',
    grant: (caller, stack) => new AgentAlias(stack, 'Live', { agent: agentOf(stack) }).grantInvoke(caller),
    through: `${who}InvokeAgent on arn:aws:bedrock:us-east-1:111122223333:agent-alias/Live848578DF/Live848578DF, which is charged to no profile${by(1)}`,
    inUsEast1: 'passes',
    streams: 'passes',
  },
  {
    name: 'Prompt.grantGet, which invokes nothing',
    grant: (caller, stack) => promptOf(stack).grantGet(caller),
    through: 'passes',
    inUsEast1: nothing,
    streams: nothing,
  },
  {
    name: 'Guardrail.grantApply, which invokes nothing',
    grant: (caller, stack) => new Guardrail(stack, 'Polite', { guardrailName: 'polite' }).grantApply(caller),
    through: 'passes',
    inUsEast1: nothing,
    streams: nothing,
  },
];

test.each(grants)('$name', ({ grant, through, inUsEast1, streams }) => {
  const template = synthesized((stack) => grant(roleOf(stack, 'Caller'), stack));
  expect({
    through: sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles()),
    inUsEast1: sentenceOf(() => expect(template).toReachOnlyRegions(['us-east-1'])),
    streams: sentenceOf(() => expect(template).toStreamWhereverItInvokes()),
  }).toEqual({ through, inUsEast1, streams });
});

test('the role that an agent construct creates invokes a bare model', () => {
  const template = synthesized(agentOf);
  expect(sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles())).toMatch(
    `may bedrock:InvokeModel on ${modelIn('us-east-1')} without any profile; allowed by policy HelperRoleDefaultPolicy`,
  );
});
