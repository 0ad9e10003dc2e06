import { accountArn } from '../../catalog/arn';
import { isMultivalued, spelledKey } from '../../catalog/condition-keys';
import type { Caller } from '../../iam/evaluate/evaluate-trust';
import type { RequestContext } from '../../iam/match/access-request';
import type { ParsedStatement } from '../../iam/policy/parsed-statement';
import { TooManyClasses } from '../../iam/space/partition';
import { actionWitnesses, callerWitnesses, valueWitnesses } from '../../iam/space/witnesses';
import type { AccessPlan } from '../../plan/environment/access-plan';

/** A request of a caller to assume a role or to tag its session. */
export interface TrustRequest {
  readonly who: string;
  readonly caller: Caller;
  readonly action: string;
  readonly context: RequestContext;
}

const FOREIGN_ACCOUNT = '000000000000';
const CALLER_KEY = 'aws:principalarn';
/** Maximum number of requests that are tried. If there are more, nothing is decided. */
const MAX_TRUST_REQUESTS = 100_000;

/**
 * Lists a request for every caller, action and set of keys that the statements distinguish. Returns the reason instead
 * when there are too many, or when the values of a key cannot be told apart.
 */
export function trustRequests(
  plan: AccessPlan,
  statements: readonly ParsedStatement[],
): readonly TrustRequest[] | string {
  try {
    return distinguished(plan, statements) ?? `it distinguishes more than ${MAX_TRUST_REQUESTS} requests`;
  } catch (error) {
    if (error instanceof TooManyClasses) {
      return error.message;
    }
    throw error;
  }
}

function distinguished(plan: AccessPlan, statements: readonly ParsedStatement[]): readonly TrustRequest[] | undefined {
  const conditions = statements.flatMap((s) => s.conditions);
  const keys = [...new Set(conditions.map((c) => c.key))].filter((key) => key !== CALLER_KEY);
  let contexts: readonly RequestContext[] = [{}];
  for (const key of keys) {
    const own = conditions.filter((c) => c.key === key);
    const values = valueWitnesses(key, own);
    // Combinations with fewer values come later, because the last request that shows a difference is reported. A tag has
    // a key, so the empty value is left out.
    const lists = isMultivalued(key) ? values.filter((list) => list[0] !== '').toReversed() : values;
    if (contexts.length * lists.length > MAX_TRUST_REQUESTS) {
      return undefined;
    }
    const name = spelledKey(key) ?? key;
    contexts = contexts.flatMap((context) =>
      lists.map((list) => (list.length === 0 ? context : { ...context, [name]: list })),
    );
  }
  const actions = actionWitnesses(statements, [
    'sts:AssumeRole',
    'sts:AssumeRoleWithWebIdentity',
    'sts:AssumeRoleWithSAML',
    'sts:TagSession',
    'sts:SetSourceIdentity',
  ]);
  const callers = trustCallers(plan, statements);
  if (callers.length * actions.length * contexts.length > MAX_TRUST_REQUESTS) {
    return undefined;
  }
  return callers.flatMap(({ who, caller, keys: own }) =>
    actions.flatMap((action) => contexts.map((context) => ({ who, caller, action, context: { ...context, ...own } }))),
  );
}

interface TrustCaller {
  readonly who: string;
  readonly caller: Caller;
  readonly keys: RequestContext;
}

function trustCallers(plan: AccessPlan, statements: readonly ParsedStatement[]): readonly TrustCaller[] {
  const patterns = statements.flatMap((s) => s.principals);
  const callerConditions = statements.flatMap((s) => s.conditions).filter((c) => c.key === CALLER_KEY);
  const accounts = new Set([
    plan.account,
    FOREIGN_ACCOUNT,
    ...patterns.flatMap((p) => (p.kind === 'account' ? [p.accountId] : [])),
  ]);
  const unplannedRole = (id: string): string => accountArn({ ...plan, account: id }, 'iam', 'role/stranger');
  const arns = [
    ...[...accounts].flatMap((id) => callerWitnesses(id, plan.partition, callerConditions, [unplannedRole(id)])),
    // Adds callers of accounts that only a condition names.
    ...callerWitnesses('any', plan.partition, callerConditions, [unplannedRole(FOREIGN_ACCOUNT)]),
    ...patterns.flatMap((p) => (p.kind === 'arn' ? [p.arn] : [])),
  ];
  const services = [...patterns.flatMap((p) => (p.kind === 'service' ? [p.service] : [])), 'stranger.amazonaws.com'];
  const providers = [
    ...patterns.flatMap((p) => (p.kind === 'federated' ? [p.provider] : [])),
    accountArn(plan, 'iam', 'oidc-provider/stranger.example'),
  ];
  return [
    ...[...new Set(arns)].map((arn) => ({
      who: arn,
      caller: { kind: 'aws' as const, arns: [arn], accountId: arn.split(':')[4] ?? '' },
      keys: { 'aws:PrincipalArn': [arn] },
    })),
    ...[...new Set(services)].map((service) => ({
      who: service,
      caller: { kind: 'service' as const, service },
      keys: {},
    })),
    ...[...new Set(providers)].map((provider) => ({
      who: `a caller with a token of ${provider}`,
      caller: { kind: 'federated' as const, provider },
      keys: {},
    })),
  ];
}
