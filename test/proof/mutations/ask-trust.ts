import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AccessRequest } from '../../../lib/iam/match/access-request';
import type { Policy } from '../../../lib/iam/policy/policy';
import { matchParts, naiveDecision } from '../../oracle/engines/naive';
import type { PolicyDocument, Statement } from '../../oracle/policy-set';

/** What a trust policy says to somebody: him himself, his account, or nobody of whom he is one. */
export type TrustAnswer = 'allowed' | 'allowed for his account' | 'denied';

const ANSWERS: Readonly<Record<string, TrustAnswer>> = {
  Allowed: 'allowed',
  AllowedForAccount: 'allowed for his account',
};

/** The engine's answer, or `undefined` where it takes no part. @param who the ARN of a principal or a provider, or a service */
export async function simulateTrust(
  trust: Policy,
  who: string,
  { action, resource, context }: AccessRequest,
): Promise<TrustAnswer | undefined> {
  const found = await runSimulation(
    {
      request: {
        principal: who,
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
  if (found.resultType !== 'single' || isAsked(trust, action, found.result.ignoredContextKeys ?? [])) {
    return undefined;
  }
  return ANSWERS[found.result.analysis.resourceAnalysis?.result ?? ''] ?? 'denied';
}

/** Whether a statement that is about the action asks for one of the keys, which the engine does not know that action to have. */
function isAsked(trust: Policy, action: string, keys: readonly string[]): boolean {
  const { Statement } = trust.document as PolicyDocument;
  return Statement.filter((s) => matchParts(s, { action, resource: '*', context: {} }, undefined).action)
    .flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((block) => Object.keys(block)))
    .some((asked) => keys.some((key) => key.toLowerCase() === asked.toLowerCase()));
}

type TrustStatement = Statement & { readonly Principal: unknown };

/** The answer of the simple evaluator, to the statements that name somebody. */
export function naiveTrust(trust: Policy, who: string, { action, context }: AccessRequest): TrustAnswer {
  const { Version, Statement } = trust.document as PolicyDocument & { readonly Statement: readonly TrustStatement[] };
  const decide = (named: (name: string) => boolean): boolean => {
    const about = Statement.filter(({ Principal, Effect }) =>
      namesOf(Principal).some((name) => named(name) || (Effect === 'Deny' && isAccountOf(name, who))),
    ).map(({ Principal: _, ...rest }) => ({ ...rest, Resource: '*' }));
    const document = { ...(Version !== undefined && { Version }), Statement: about };
    const request = { action, resource: '*', context };
    return naiveDecision({ identity: [{ name: 'trust', document }] }, request) === 'allowed';
  };
  const himself = (name: string): boolean => name === '*' || name === who;
  if (decide(himself)) {
    return 'allowed';
  }
  return decide((name) => himself(name) || isAccountOf(name, who)) ? 'allowed for his account' : 'denied';
}

function namesOf(principal: unknown): readonly string[] {
  return principal === '*' ? ['*'] : Object.values(principal as Readonly<Record<string, string | string[]>>).flat();
}

function isAccountOf(name: string, who: string): boolean {
  const account = /^arn:aws:iam::(\d*):(?:role|user)\//.exec(who)?.[1];
  return account !== undefined && (name === account || name === `arn:aws:iam::${account}:root`);
}
