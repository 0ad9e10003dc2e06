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

/** Whether the simple evaluator, which shares no code with the prover, answers the witness of a violation as it says. */
export function isConfirmed(violation: Violation, before: Account, after: Account): boolean {
  const { naive } = askerOf(violation);
  return changes(violation, naive(before), naive(after));
}

/** The same of the engine `iam-simulate`; `undefined` where it takes no part: actions, resource types and keys must be real. */
export async function isConfirmedByEngine(
  violation: Violation,
  before: Account,
  after: Account,
): Promise<boolean | undefined> {
  const { engine } = askerOf(violation);
  const [was, is] = await Promise.all([engine(before), engine(after)]);
  return was === undefined || is === undefined ? undefined : changes(violation, was, is);
}

function askerOf(violation: Violation): Asker {
  const { witness, kind } = violation;
  if (witness === undefined) {
    throw new Error(`the violation has no witness: ${violation.message}`);
  }
  return kind === 'trust' ? trustAsker(violation, witness) : accessAsker(violation, witness);
}

/** Whether access was gained or lost, and as the violation says. */
function changes({ kind }: Violation, was: string, is: string): boolean {
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

/** Answers of which only those that allow count; `undefined` where the engine takes no part. */
interface Asker {
  readonly engine: (account: Account) => Promise<string | undefined>;
  readonly naive: (account: Account) => string;
}

/** The engine is asked in one account. */
function here<T>({ accountId }: Account, value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(accountId, '111122223333')) as T;
}

function accessAsker(violation: Violation, request: AccessRequest): Asker {
  const { context } = request;
  return {
    engine: async (account) => {
      const policies = policiesOf(violation, account);
      // The engine refuses keys that say who asks and are of another than the principal that it is given.
      const asked = /aws:principal/i.test(JSON.stringify(policies));
      const keys = Object.entries(context).filter(([key]) => asked || !/^aws:Principal(?:Arn|Account)$/.test(key));
      const known = { ...request, context: Object.fromEntries(keys) };
      const answer = await askIamSimulate(here(account, policies), here(account, known));
      return 'decision' in answer ? answer.decision : undefined;
    },
    naive: (account) => naiveDecision(policiesOf(violation, account), request),
  };
}

/** Of a boundary what it lets an administrator do, else what the principal may do. */
function policiesOf({ kind, about, principals }: Violation, account: Account): PolicySet {
  if (kind === 'boundary') {
    const boundary = account.principals.find((p) => p.boundary?.name === about)?.boundary;
    return { identity: [EVERYTHING], boundary: named(boundary) };
  }
  const principal = account.principals.find((p) => `${p.kind} ${p.name}` === principals[0]);
  return {
    identity: (principal?.policies ?? []).map(named),
    ...(principal?.boundary !== undefined && { boundary: named(principal.boundary) }),
  };
}

function found(policy: Policy | undefined): Policy {
  if (policy === undefined) {
    throw new Error('the violation is about a policy that nobody has');
  }
  return policy;
}

/** What templates hold is read as the JSON it is. */
function named(policy: Policy | undefined): NamedPolicy {
  return found(policy) as NamedPolicy;
}

/** Who asks stands in the message alone, whether he becomes the role or tags its sessions. */
function callerIn(message: string): string {
  const who = /^(?:somebody with a token of )?(\S+) can(?:not)? (?:become|tag sessions of) role /.exec(message)?.[1];
  if (who === undefined) {
    throw new Error(`nobody asks in the message: ${message}`);
  }
  return who;
}

function trustAsker({ about, message }: Violation, witness: AccessRequest): Asker {
  const who = callerIn(message);
  const trust = (account: Account): Policy => found(account.principals.find((p) => p.arn === about)?.trust);
  const request = (account: Account): AccessRequest => withoutEmpty(trust(account), witness);
  return {
    engine: (account) =>
      simulateTrust(here(account, trust(account)), here(account, who), here(account, request(account))),
    naive: (account) => naiveTrust(trust(account), who, request(account)),
  };
}

/** For Null an empty value is none, which the others do not know: the key is left out where that is asked. */
function withoutEmpty({ document }: Policy, { context, ...request }: AccessRequest): AccessRequest {
  const asked = JSON.stringify(document).includes('"Null"');
  const keys = Object.entries(context).filter(([, values]) => !asked || values.some((value) => value !== ''));
  return { ...request, context: Object.fromEntries(keys) };
}
