import type { AccessRequest } from '../../../lib/iam/match/access-request';
import type { Random } from '../../iam/random';
import type { ConditionBlock, NamedPolicy, PolicySet, Statement } from '../policy-set';
import { randomCondition, unwrapped } from './random-condition';
import { arnPattern } from './random-pattern';
import { TARGETS, type Target } from './targets';

/** The request around which policies are made. */
export interface Story {
  readonly target: Target;
  readonly request: AccessRequest;
  /** True for few statements, nearly all with conditions, so that single conditions decide. */
  readonly focused: boolean;
}

/** Makes policies of every layer around one request. They allow some of the requests and deny others. */
export function randomPolicies(story: Story, random: Random): PolicySet {
  const policy = (name: string, open = 0.35): NamedPolicy => randomPolicy(name, story, open, random);
  const level = (name: string): NamedPolicy[] => [
    policy(`${name}a`, 0.5),
    ...(random.chance(0.25) ? [policy(`${name}b`, 0.2)] : []),
  ];
  const levels = random.chance(0.35) ? 1 + random.below(3) : 0;
  const { focused } = story;
  return {
    identity: Array.from({ length: focused ? 1 : 1 + random.below(3) }, (_, index) =>
      policy(`identity${index}`, focused ? 0.1 : 0.2),
    ),
    ...(random.chance(0.35) ? { boundary: policy('boundary') } : {}),
    ...(random.chance(0.3) ? { session: policy('session') } : {}),
    ...(levels === 0 ? {} : { serviceControl: Array.from({ length: levels }, (_, index) => level(`scp${index}`)) }),
    ...(random.chance(0.3) ? { endpoint: withPrincipals(policy('endpoint')) } : {}),
  };
}

function randomPolicy(name: string, story: Story, open: number, random: Random): NamedPolicy {
  const length = story.focused ? random.one([1, 1, 2]) : 1 + random.below(3);
  const statements = Array.from({ length }, () => randomStatement(story, random));
  const everything: Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
  const version = random.chance(0.92) ? '2012-10-17' : random.one(['2008-10-17', undefined]);
  const Statement = random.chance(open) ? [everything, ...statements] : statements;
  return { name, document: { ...(version === undefined ? {} : { Version: version }), Statement } };
}

function withPrincipals({ name, document }: NamedPolicy): NamedPolicy {
  const Statement = document.Statement.map((statement) => ({ ...statement, Principal: '*' as const }));
  return { name, document: { ...document, Statement } };
}

function randomStatement(story: Story, random: Random): Statement {
  const effect = random.chance(0.78) ? 'Allow' : 'Deny';
  const wanted = random.chance(effect === 'Allow' ? 0.9 : 0.3);
  const { action, resource, context } = story.request;
  const far = random.one(TARGETS.filter((target) => target.action !== action));
  return {
    Effect: effect,
    ...element('Action', wanted, random, {
      near: () => actionPattern(action, random),
      far: () => actionPattern(far.action, random),
    }),
    ...element('Resource', wanted, random, {
      near: () => arnPattern(resource, context, random),
      far: () => arnPattern(random.one([...far.resources, ...story.target.resources]), context, random),
    }),
    ...(random.chance(story.focused ? 0.8 : 0.5) ? { Condition: randomBlock(story, wanted, random) } : {}),
  };
}

interface Patterns {
  readonly near: () => string;
  readonly far: () => string;
}

/** Makes an element or its negation. It matches the request if `wanted`, otherwise probably not. */
function element(name: string, wanted: boolean, random: Random, { near, far }: Patterns): Record<string, unknown> {
  const negated = random.chance(0.15);
  const matching = wanted !== negated;
  const patterns = Array.from({ length: matching && random.chance(0.7) ? 0 : 1 + random.below(2) }, far);
  const all = matching ? [...patterns, near()] : patterns;
  return { [negated ? `Not${name}` : name]: unwrapped(all, random) };
}

function randomBlock({ request, target }: Story, wanted: boolean, random: Random): ConditionBlock {
  const block: Record<string, ConditionBlock[string]> = {};
  for (let count = random.chance(0.3) ? 2 : 1; count > 0; count -= 1) {
    for (const [operator, keys] of Object.entries(randomCondition(request.context, target.keys, wanted, random))) {
      block[operator] = { ...block[operator], ...keys };
    }
  }
  return block;
}

function actionPattern(action: string, random: Random): string {
  const [service = '', name = ''] = action.split(':');
  const at = 1 + random.below(name.length - 1);
  const pattern = random.one([
    action,
    action,
    `${service}:*`,
    `${service}:${name.slice(0, at)}*`,
    `${service}:${name.slice(0, at)}?${name.slice(at + 1)}`,
    `${service}:*${name.slice(at)}`,
    random.chance(0.2) ? '*' : action,
  ]);
  return random.chance(0.1) ? pattern.toUpperCase() : pattern;
}
