import { accountArn } from '../../catalog/arn';
import { conditionKey, isMultivalued } from '../../catalog/condition-keys';
import type { Caller } from '../../iam/evaluate/evaluate-trust';
import type { RequestContext } from '../../iam/match/access-request';
import type { ParsedStatement } from '../../iam/policy/parsed-statement';
import { actionWitnesses, callerWitnesses, valueWitnesses } from '../../iam/space/witnesses';
import type { AccessPlan } from '../../plan/environment/access-plan';

/** Somebody who asks to become a role. */
export interface TrustRequest {
  readonly who: string;
  readonly caller: Caller;
  readonly action: string;
  readonly context: RequestContext;
}

const STRANGER = '000000000000';
const WHO = 'aws:principalarn';
/** As AWS writes it; conditions are read without case. */
const SEVERAL: Readonly<Record<string, string>> = { 'aws:tagkeys': 'aws:TagKeys' };
/** More are not gone through, and nothing is decided then. */
export const MOST_TRUST_REQUESTS = 100_000;

/** A request for every caller, action and set of keys that the statements tell apart. */
export function trustRequests(
  plan: AccessPlan,
  statements: readonly ParsedStatement[],
): readonly TrustRequest[] | undefined {
  const conditions = statements.flatMap((s) => s.conditions);
  const keys = [...new Set(conditions.map((c) => c.key))].filter((key) => key !== WHO);
  let contexts: readonly RequestContext[] = [{}];
  for (const key of keys) {
    const values = valueWitnesses(
      key,
      conditions.filter((c) => c.key === key),
    );
    const lists = isMultivalued(key) ? subsets(values.filter((v) => v !== undefined && v !== '')) : values.map(list);
    if (contexts.length * lists.length > MOST_TRUST_REQUESTS) {
      return undefined;
    }
    const name = conditionKey(key)?.name ?? SEVERAL[key] ?? key;
    contexts = contexts.flatMap((context) =>
      lists.map((own) => (own.length === 0 ? context : { ...context, [name]: own })),
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
  if (callers.length * actions.length * contexts.length > MOST_TRUST_REQUESTS) {
    return undefined;
  }
  return callers.flatMap(({ who, caller, keys: own }) =>
    actions.flatMap((action) => contexts.map((context) => ({ who, caller, action, context: { ...context, ...own } }))),
  );
}

function list(value: string | undefined): readonly string[] {
  return value === undefined ? [] : [value];
}

/**
 * Every combination of values: what a request has of a key of several values, as far as it is told apart. The fewest come
 * last, since the last that shows a difference is told.
 */
function subsets(values: readonly (string | undefined)[]): readonly (readonly string[])[] {
  let all: readonly (readonly string[])[] = [[]];
  for (const value of values) {
    // More are not gone through in any case.
    all = all.length > MOST_TRUST_REQUESTS ? all : [...all, ...all.map((some) => [...some, ...list(value)])];
  }
  return all.toReversed();
}

interface TrustCaller {
  readonly who: string;
  readonly caller: Caller;
  readonly keys: RequestContext;
}

function trustCallers(plan: AccessPlan, statements: readonly ParsedStatement[]): readonly TrustCaller[] {
  const patterns = statements.flatMap((s) => s.principals);
  const asked = statements.flatMap((s) => s.conditions).filter((c) => c.key === WHO);
  const accounts = new Set([
    plan.account,
    STRANGER,
    ...patterns.flatMap((p) => (p.kind === 'account' ? [p.accountId] : [])),
  ]);
  const stranger = (id: string): string => accountArn({ ...plan, account: id }, 'iam', 'role/stranger');
  const arns = [
    ...[...accounts].flatMap((id) => callerWitnesses(id, plan.partition, asked, [stranger(id)])),
    // Accounts that only a condition names.
    ...callerWitnesses('any', plan.partition, asked, [stranger(STRANGER)]),
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
      who: `somebody with a token of ${provider}`,
      caller: { kind: 'federated' as const, provider },
      keys: {},
    })),
  ];
}
