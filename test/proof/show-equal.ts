import type { Account, Principal } from '../../lib/account/account';
import { conditionKey } from '../../lib/catalog/condition-keys';
import type { AccessRequest, RequestContext } from '../../lib/iam/access-request';
import { evaluate, type PolicyLayers } from '../../lib/iam/evaluate';
import { type Caller, evaluateTrust } from '../../lib/iam/evaluate-trust';
import type { Policy } from '../../lib/iam/policy';
import { parseLayers } from '../../lib/iam/policy-layers';
import { requestSpace } from '../../lib/iam/request-space';
import { mutatedText } from '../iam/mutated-text';
import type { Random } from '../iam/random';
import { everyProduct, requestOf } from '../iam/space-classes';
import { documentOf } from '../iam/verdict';

const RANDOM_REQUESTS = 2_000;
const EVERYTHING: Policy = {
  name: 'everything',
  document: documentOf({ Effect: 'Allow', Action: '*', Resource: '*' }),
};

/** A request that two accounts answer differently, if one is found: among all classes, and at random near their policies. */
export function differenceOf(before: Account, after: Account, random: Random): unknown {
  const pairs = before.principals.flatMap((was, i) => {
    const is = after.principals[i];
    return is === undefined ? [] : [[was, is] as const];
  });
  const changes = pairs.flatMap(([was, is]) => changesOf(was, is, before.accountId));
  const different = new Map(changes.map((change) => [JSON.stringify(change), change]));
  const trusts = pairs.filter(([was, is]) => JSON.stringify(was.trust) !== JSON.stringify(is.trust));
  return (
    [...different.values()]
      .map((change) => differentAccess(change, random, different.size))
      .find((d) => d !== undefined) ??
    trusts.map(([was, is]) => differentTrust(was, is, random)).find((d) => d !== undefined)
  );
}

/** What decides about a principal, before and after. */
interface Change {
  readonly was: PolicyLayers;
  readonly is: PolicyLayers;
  /** What every request of the principal carries, where policies ask for it. */
  readonly known: RequestContext;
}

/** A boundary decides by itself as well: about a principal that has all rights, whoever it is. */
function changesOf(was: Principal, is: Principal, accountId: string): readonly Change[] {
  const whole = ({ policies, boundary }: Principal): PolicyLayers => ({
    identity: policies,
    ...(boundary !== undefined && { boundary }),
  });
  const bounded = (principal: Principal): PolicyLayers => ({ ...whole(principal), identity: [EVERYTHING] });
  const known = { 'aws:PrincipalArn': [is.arn], 'aws:PrincipalAccount': [accountId] };
  const asked = /aws:principal/i.test(JSON.stringify([whole(was), whole(is)]));
  return [
    { was: whole(was), is: whole(is), known: asked ? known : {} },
    { was: bounded(was), is: bounded(is), known: {} },
  ].filter((change) => JSON.stringify(change.was) !== JSON.stringify(change.is));
}

function differentAccess({ was, is, known }: Change, random: Random, share: number): unknown {
  const space = requestSpace([...parseLayers(was), ...parseLayers(is)], { known });
  const keys = space.dimensions.slice(2).map((d) => d.name);
  const near = nearRequests([was, is], keys, random, RANDOM_REQUESTS / share);
  const classes = everyProduct(space).map((indices) => requestOf(space, indices));
  return [...classes, ...near]
    .map((request) => ({ ...request, context: withKnown(request.context, known) }))
    .find((request) => differ(evaluate(was, request).decision, evaluate(is, request).decision));
}

function withKnown(context: RequestContext, known: RequestContext): RequestContext {
  const others = Object.entries(context).filter(
    ([key]) => !Object.keys(known).some((k) => k.toLowerCase() === key.toLowerCase()),
  );
  return { ...Object.fromEntries(others), ...known };
}

/** A refusal is no answer. */
function differ(was: string, is: string): boolean {
  return (was === 'allowed') !== (is === 'allowed') && was !== 'refused' && is !== 'refused';
}

function textsOf(documents: unknown): readonly string[] {
  return [...JSON.stringify(documents).matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
}

function nearRequests(
  layers: readonly PolicyLayers[],
  keys: readonly string[],
  random: Random,
  count: number,
): readonly AccessRequest[] {
  const texts = textsOf(layers);
  const actions = texts.filter((t) => /^[a-z0-9-]+:[A-Z]\w*/.test(t));
  const arns = [...texts.filter((t) => ARN.test(t)), 'arn:aws:s3:::a/b'];
  const near = (among: readonly string[]): string =>
    mutatedText(
      random.one(among).replaceAll('*', () => random.one(['', 'x', 'dev'])),
      among,
      random,
    );
  const nearArn = (): string => [near(arns)].find((t) => ARN.test(t)) ?? random.one(arns);
  const value = (key: string): string => {
    const type = conditionKey(key)?.type;
    return type === 'ARN' ? nearArn() : type === 'Bool' ? random.one(['true', 'false']) : near([...arns, ...texts]);
  };
  return Array.from({ length: count }, () => ({
    action: near([...actions, 's3:GetObject']),
    resource: random.chance(0.1) ? '*' : nearArn(),
    context: Object.fromEntries(keys.filter(() => random.chance(0.8)).map((key) => [key, [value(key)]])),
  }));
}

const ARN = /^arn:[^:]+:[^:]+:[^:]*:[^:]*:.+$/s;
const STRANGERS = [
  'arn:aws:iam::111122223333:role/stranger',
  'arn:aws:iam::777788889999:role/stranger',
  'arn:aws:iam::000000000000:user/stranger',
];

/** Callers that the texts name; where one is a pattern, somebody whom it means. */
function callers(texts: readonly string[]): readonly Caller[] {
  const arns = texts.map((t) => t.replace(/[*?]/g, '9')).filter((t) => /:iam::\d*:(?:role|user)\//.test(t));
  return [
    ...[...STRANGERS, ...arns].map((arn): Caller => ({ kind: 'aws', arns: [arn], accountId: arn.split(':')[4] ?? '' })),
    ...texts.filter((t) => t.endsWith('.amazonaws.com')).map((service): Caller => ({ kind: 'service', service })),
    ...texts.filter((t) => t.includes(':oidc-provider/')).map((provider): Caller => ({ kind: 'federated', provider })),
  ];
}

function differentTrust(was: Principal, is: Principal, random: Random): unknown {
  const [before, after] = [was.trust, is.trust];
  if (before === undefined || after === undefined) {
    return 'a trust policy is missing';
  }
  const documents = [before.document, after.document];
  const texts = textsOf(documents);
  const keys = [
    ...new Set([...JSON.stringify(documents).matchAll(/"([^"]+:[^"]+)":/g)].map(([, key = '']) => key)),
  ].filter((key) => !/^For\w+:/.test(key));
  const own = keys.filter((key) => key.toLowerCase() !== 'aws:principalarn');
  const asked = callers(texts);
  const actions = [...texts.filter((t) => t.startsWith('sts:')), 'sts:TagSession', 'sts:AssumeRole'];
  for (let i = 0; i < RANDOM_REQUESTS; i += 1) {
    const caller = random.one(asked);
    const action = random.one(actions);
    const values = own
      .filter(() => random.chance(0.85))
      .map((key) => [key, [random.chance(0.7) ? random.one(texts) : mutatedText(random.one(texts), texts, random)]]);
    const context = {
      ...Object.fromEntries(values),
      ...(caller.kind === 'aws' && { 'aws:PrincipalArn': caller.arns }),
    };
    if (
      differ(
        evaluateTrust(before, caller, action, context).decision,
        evaluateTrust(after, caller, action, context).decision,
      )
    ) {
      return { caller, action, context };
    }
  }
  return undefined;
}
