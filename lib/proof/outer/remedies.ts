import { regionalArn } from '../../catalog/arn';
import type { Remedy } from '../finding/proof';
import { causeOf, parsedStatement } from './cause';
import type { Denial } from './denial';
import { guardrailRemedies } from './guardrail-remedies';
import { BROKEN } from './intended-requests';
import { deniesAny, withConditionValue, withListed } from './merged-statement';
import { modelChoices, routingChoices } from './model-choices';
import { principalRemedies } from './principal-remedies';
import { patternOf } from './resource-type-of';
import { tagRemedies } from './tag-remedies';

/** Returns what lets the denied requests pass: first changes of the file, then changes of the policy. */
export function remediesOf(denial: Denial): readonly Remedy[] {
  const { unknown, refusal, statement, by, layer } = denial;
  if (refusal !== undefined) {
    return [];
  }
  if (unknown.length > 0) {
    return unknown.map((key) => ({ change: unknownRemedy(key, by?.policy ?? layer) }));
  }
  if (by === undefined) {
    return allowRemedies(denial);
  }
  switch (statement === undefined || layer !== 'serviceControl' ? 'other' : causeOf(statement)) {
    case 'regions':
      return regionRemedies(denial);
    case 'global':
      return [
        ...routingChoices(denial),
        { change: 'an exemption of application profiles would void this ban; change the file instead' },
      ];
    case 'guardrail':
      return guardrailRemedies(denial);
    case 'tags':
      return tagRemedies(denial);
    case 'approved models':
      return approvedModelRemedies(denial);
    case 'models':
      return modelChoices(denial);
    case 'principals':
      return principalRemedies(denial);
    case 'profiles':
      return [
        {
          change:
            'the statement decides by the profile of a call; ask its owner whether calls through application profiles are meant, and limit it to foundation models, because a request for a profile itself has no such key',
        },
      ];
    default:
      return [{ change: `no change of the file helps; ask the owner of ${by.policy} for a change of this statement` }];
  }
}

function unknownRemedy(key: string, owner: string): string {
  if (/^aws:PrincipalArn$/i.test(key)) {
    return 'write the role with its whole ARN in the environment file, so that its path is known';
  }
  return /^aws:Resource(?:Account$|Tag\/)/i.test(key)
    ? `neither the file nor AWS's documentation says what ${key} is for this resource; ask the owner of ${owner} to except it from the statement`
    : `give the value that the organization has: --context ${key}=VALUE`;
}

/**
 * Returns the routings that pass, and the whole statement with an exemption of calls through application profiles. The
 * exemption is offered only if it was tried and the statement then denies no call.
 */
function regionRemedies(denial: Denial): readonly Remedy[] {
  const { account, plan, policies, by, statement, denied } = denial;
  const profiles = regionalArn(
    { partition: account.partition, region: '*', account: account.accountId },
    'bedrock',
    'application-inference-profile/*',
  );
  const policy = policies.find((p) => p.name === by?.policy);
  const requests = denied.map(({ request, context }) => ({
    ...request,
    context: { ...request.context, ...context },
  }));
  if (policy === undefined || statement === undefined) {
    return [];
  }
  const merged = withConditionValue(statement, 'ArnNotLike', 'bedrock:InferenceProfileArn', profiles);
  return deniesAny(policy, merged, requests)
    ? [{ change: `the statement denies aws:RequestedRegion '${plan.region}' itself; choose a Region that it allows` }]
    : [
        ...routingChoices(denial),
        {
          change: 'or the organization exempts calls through application profiles in this statement',
          statement: merged,
          opens:
            'every application profile of the account then reaches every Region, also one over `global`; calls without such a profile stay denied',
        },
      ];
}

/** Adds the types of resources that are no models. What a call reaches is still decided at its model. */
function approvedModelRemedies(denial: Denial): readonly Remedy[] {
  const { policies, by, statement, denied } = denial;
  const isModel = (arn: string): boolean => arn.includes(':foundation-model/');
  const others = denied.filter(({ request }) => !isModel(request.resource));
  const models = denied.filter(({ request }) => isModel(request.resource));
  const [first, ...rest] = models;
  const choices = first === undefined ? [] : modelChoices({ ...denial, denied: [first, ...rest] });
  const policy = policies.find((p) => p.name === by?.policy);
  if (policy === undefined || statement === undefined || others.length === 0) {
    return choices;
  }
  const listed = (parsedStatement(statement)?.resources.patterns ?? []).map((p) => p.text);
  const lists = (type: string): boolean => listed.some((text) => text.includes(`:${type}/`));
  // To add the whole type would void a list of some system profiles.
  const patternFor = (resource: string): string =>
    lists('inference-profile') && resource.includes(':inference-profile/')
      ? resource.replace(/^(arn:[^:]+:bedrock:)[^:]*:[^:]*(:inference-profile\/)/, '$1*:*$2')
      : patternOf(denial.plan, resource);
  const types = [...new Set(others.map(({ request }) => patternFor(request.resource)))];
  if (lists('application-inference-profile') && types.some((t) => t.includes(':application-inference-profile/'))) {
    return [
      ...choices,
      {
        change: `the statement lists the approved profiles one by one; ask the owner of ${policy.name} to add those of this environment, whose ARNs the aliases hold`,
      },
    ];
  }
  return [
    ...choices,
    {
      change: 'the organization adds to the list what is no model',
      statement: withListed(statement, 'NotResource', types),
      opens: 'no other model: Bedrock also checks the model of every call, which this statement still decides',
    },
  ];
}

/** Returns a statement for every kind of work that is not allowed. */
function allowRemedies({ account, plan, layer, policies, denied }: Denial): readonly Remedy[] {
  const [policy] = policies;
  const broken = BROKEN.filter((kind) => denied.some(({ request }) => request.breaks === kind));
  const harmless = broken.includes('calls')
    ? []
    : [
        {
          change:
            'calls of models pass without a look-up: give the client the ARN of its profile, and the model where it asks for one',
        },
      ];
  return [
    ...(broken.includes('look-ups') ? harmless : []),
    ...broken.map((kind): Remedy => {
      const own = denied.filter(({ request }) => request.breaks === kind);
      const Action = [...new Set(own.map(({ request }) => request.action))];
      const Resource = [...new Set(own.map(({ request }) => patternOf(plan, request.resource)))];
      return {
        change: `add to ${policy?.name ?? 'the level'}, for ${kind}`,
        statement: {
          Effect: 'Allow',
          ...(layer === 'endpoint' && { Principal: '*' }),
          Action,
          Resource,
          // The endpoint stays closed to other accounts.
          ...(layer === 'endpoint' && { Condition: { StringEquals: { 'aws:PrincipalAccount': account.accountId } } }),
        },
        ...(layer === 'serviceControl' && { opens: 'nothing by itself: an SCP only limits what other policies allow' }),
      };
    }),
  ];
}
