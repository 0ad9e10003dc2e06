import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AccessRequest } from '../../../lib/iam/match/access-request';
import type { Policy } from '../../../lib/iam/policy/policy';
import { matchParts, naiveDecision } from '../../oracle/engines/naive';
import type { PolicyDocument, Statement } from '../../oracle/policy-set';

/** Decision of a trust policy for a caller. It may allow the caller, or only the account of the caller. */
export type TrustAnswer = 'allowed' | 'allowed for his account' | 'denied';

const ANSWERS: Readonly<Record<string, TrustAnswer>> = {
  Allowed: 'allowed',
  AllowedForAccount: 'allowed for his account',
};

/**
 * Returns the decision of the engine `iam-simulate`, or `undefined` for a policy that it does not support.
 *
 * @param caller the ARN of a principal or of an identity provider, or the name of a service
 */
export async function simulateTrust(
  trust: Policy,
  caller: string,
  { action, resource, context }: AccessRequest,
): Promise<TrustAnswer | undefined> {
  const simulation = await runSimulation(
    {
      request: {
        principal: caller,
        action,
        resource: { resource, accountId: resource.split(':')[4] ?? '' },
        contextVariables: Object.fromEntries(Object.entries(context).map(([key, values]) => [key, [...values]])),
      },
      identityPolicies: [],
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      resourcePolicy: trust.document,
    },
    {},
  );
  if (simulation.resultType !== 'single' || hasIgnoredKey(trust, action, simulation.result.ignoredContextKeys ?? [])) {
    return undefined;
  }
  return ANSWERS[simulation.result.analysis.resourceAnalysis?.result ?? ''] ?? 'denied';
}

/**
 * True when a statement about the action has a condition on one of the keys that the engine ignored for that action.
 */
function hasIgnoredKey(trust: Policy, action: string, keys: readonly string[]): boolean {
  const { Statement } = trust.document as PolicyDocument;
  return Statement.filter((s) => matchParts(s, { action, resource: '*', context: {} }, undefined).action)
    .flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((block) => Object.keys(block)))
    .some((name) => keys.some((key) => key.toLowerCase() === name.toLowerCase()));
}

type TrustStatement = Statement & { readonly Principal: unknown };

/** Returns the decision of the simple evaluator, from the statements that name the caller. */
export function naiveTrust(trust: Policy, caller: string, { action, context }: AccessRequest): TrustAnswer {
  const { Version, Statement } = trust.document as PolicyDocument & { readonly Statement: readonly TrustStatement[] };
  const decide = (named: (name: string) => boolean): boolean => {
    const about = Statement.filter(({ Principal, Effect }) =>
      namesOf(Principal).some((name) => named(name) || (Effect === 'Deny' && isAccountOf(name, caller))),
    ).map(({ Principal: _, ...rest }) => ({ ...rest, Resource: '*' }));
    const document = { ...(Version !== undefined && { Version }), Statement: about };
    const request = { action, resource: '*', context };
    return naiveDecision({ identity: [{ name: 'trust', document }] }, request) === 'allowed';
  };
  const isCaller = (name: string): boolean => name === '*' || name === caller;
  if (decide(isCaller)) {
    return 'allowed';
  }
  return decide((name) => isCaller(name) || isAccountOf(name, caller)) ? 'allowed for his account' : 'denied';
}

function namesOf(principal: unknown): readonly string[] {
  return principal === '*' ? ['*'] : Object.values(principal as Readonly<Record<string, string | string[]>>).flat();
}

function isAccountOf(name: string, caller: string): boolean {
  const account = /^arn:aws:iam::(\d*):(?:role|user)\//.exec(caller)?.[1];
  return account !== undefined && (name === account || name === `arn:aws:iam::${account}:root`);
}
