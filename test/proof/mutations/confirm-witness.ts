import type { Account } from '../../../lib/account/account';
import type { AccessRequest } from '../../../lib/iam/match/access-request';
import type { Policy } from '../../../lib/iam/policy/policy';
import type { Violation } from '../../../lib/proof/finding/proof';
import { askIamSimulate } from '../../oracle/engines/iam-simulate';
import { naiveDecision } from '../../oracle/engines/naive';
import type { NamedPolicy, PolicySet } from '../../oracle/policy-set';
import { naiveTrust, simulateTrust } from './ask-trust';

const EVERYTHING: NamedPolicy = {
  name: 'everything',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/** True when the simple evaluator, which shares no code with the prover, decides the witness as the violation says. */
export function isConfirmed(violation: Violation, before: Account, after: Account): boolean {
  const { naive } = evaluatorsOf(violation);
  return isAsViolated(violation, naive(before), naive(after));
}

/**
 * True when the engine `iam-simulate` decides the witness as the violation says. The answer is `undefined` when the
 * engine does not support the request: it knows only real actions, resource types and keys.
 */
export async function isConfirmedByEngine(
  violation: Violation,
  before: Account,
  after: Account,
): Promise<boolean | undefined> {
  const { engine } = evaluatorsOf(violation);
  const [was, is] = await Promise.all([engine(before), engine(after)]);
  return was === undefined || is === undefined ? undefined : isAsViolated(violation, was, is);
}

function evaluatorsOf(violation: Violation): Evaluators {
  const { witness, kind } = violation;
  if (witness === undefined) {
    throw new Error(`the violation has no witness: ${violation.message}`);
  }
  return kind === 'trust' ? trustEvaluators(violation, witness) : accessEvaluators(violation, witness);
}

/** True when access was gained or lost as the violation says. */
function isAsViolated({ kind }: Violation, was: string, is: string): boolean {
  switch (kind) {
    case 'missing':
      return was === 'allowed' && is !== 'allowed';
    case 'excess':
    case 'escalation':
      return was !== 'allowed' && is === 'allowed';
    default:
      return was !== is && [was, is].some((answer) => answer.startsWith('allowed'));
  }
}

/**
 * Decides the witness of a violation for an account. The engine returns `undefined` for a request that it does not
 * support.
 */
interface Evaluators {
  readonly engine: (account: Account) => Promise<string | undefined>;
  readonly naive: (account: Account) => string;
}

/** Replaces the account id, because the engine works in one account only. */
function inOneAccount<T>({ accountId }: Account, value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(accountId, '111122223333')) as T;
}

function accessEvaluators(violation: Violation, request: AccessRequest): Evaluators {
  const { context } = request;
  return {
    engine: async (account) => {
      const policies = policiesOf(violation, account);
      // The engine refuses keys of the caller that differ from the principal that it is given.
      const dependsOnCaller = /aws:principal/i.test(JSON.stringify(policies));
      const keys = Object.entries(context).filter(
        ([key]) => dependsOnCaller || !/^aws:Principal(?:Arn|Account)$/.test(key),
      );
      const known = { ...request, context: Object.fromEntries(keys) };
      const simulated = withoutEmpty(policies.identity, known);
      const answer = await askIamSimulate(inOneAccount(account, policies), inOneAccount(account, simulated));
      return 'decision' in answer ? answer.decision : undefined;
    },
    naive: (account) => naiveDecision(policiesOf(violation, account), request),
  };
}

/**
 * Returns the policies that decide: a boundary with full access under it, or the policies of the principal. Only a
 * violation that the boundary causes is about both together.
 */
function policiesOf({ kind, about, principals, decidedBy }: Violation, account: Account): PolicySet {
  if (kind === 'boundary') {
    const boundary = account.principals.find((p) => p.boundary?.name === about)?.boundary;
    return { identity: [EVERYTHING], boundary: named(boundary) };
  }
  const principal = account.principals.find((p) => `${p.kind} ${p.name}` === principals[0]);
  return {
    identity: (principal?.policies ?? []).map(named),
    ...(decidedBy !== undefined &&
      decidedBy.policy === principal?.boundary?.name && { boundary: named(principal.boundary) }),
  };
}

function required(policy: Policy | undefined): Policy {
  if (policy === undefined) {
    throw new Error('the violation is about a policy that no principal has');
  }
  return policy;
}

/** Returns a policy of the templates, whose document is plain JSON. */
function named(policy: Policy | undefined): NamedPolicy {
  return required(policy) as NamedPolicy;
}

/** Reads the caller from the message of a violation, the only place that names it. */
function callerIn(message: string): string {
  const caller =
    /^(?:a caller with a token of )?(\S+) can(?:not)? (?:assume|tag sessions of|set the source identity of sessions of) role /.exec(
      message,
    )?.[1];
  if (caller === undefined) {
    throw new Error(`the message names no caller: ${message}`);
  }
  return caller;
}

function trustEvaluators({ about, message }: Violation, witness: AccessRequest): Evaluators {
  const caller = callerIn(message);
  const trust = (account: Account): Policy => required(account.principals.find((p) => p.arn === about)?.trust);
  const request = (account: Account): AccessRequest => withoutEmpty(trust(account).document, witness);
  return {
    engine: (account) =>
      simulateTrust(
        inOneAccount(account, trust(account)),
        inOneAccount(account, caller),
        inOneAccount(account, request(account)),
      ),
    naive: (account) => naiveTrust(trust(account), caller, request(account)),
  };
}

/**
 * Removes empty values of keys that the policies compare with Null or ForAllValues, which take an empty value for a
 * missing key; the other evaluators do not.
 */
function withoutEmpty(policies: unknown, { context, ...request }: AccessRequest): AccessRequest {
  const keys = Object.entries(context).filter(
    ([key, values]) => values.some((value) => value !== '') || !takesEmptyForMissing(policies, key),
  );
  return { ...request, context: Object.fromEntries(keys) };
}

function takesEmptyForMissing(value: unknown, key: string): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Object.entries(value).some(
    ([name, inner]) =>
      (/^(?:Null$|ForAllValues:)/.test(name) &&
        Object.keys(inner).some((compared) => compared.toLowerCase() === key.toLowerCase())) ||
      takesEmptyForMissing(inner, key),
  );
}
