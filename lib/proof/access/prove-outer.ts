import type { Account } from '../../account/account';
import type { InvokeAction } from '../../account/invoke-checks';
import { conditionKey } from '../../catalog/condition-keys';
import type { Decision } from '../../iam/evaluate/decision';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principalLabel } from '../../plan/environment/principals';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';
import type { Part, Violation } from '../finding/proof';
import { principalWords, requestWords, statementWords } from '../finding/sentence';
import { intendedRequests } from './intended-requests';
import type { OuterPolicies } from './outer-policies';
import type { PrincipalGroup } from './principal-group';
import { layersOf } from './prove-principals';
import { regionExemption } from './region-exemption';
import { relevantPolicies } from './relevant-policies';
import { unknownContexts, unknownKeys } from './unknown-keys';

export interface ProvenOuter {
  readonly part: Part;
  /**
   * A line for each statement that was set aside, and for each request that only certain values of unknown keys deny.
   */
  readonly notLookedAt: readonly string[];
}

const NOTHING: ProvenOuter = {
  part: { counts: { classes: 0, decisions: 0, allowed: 0, denied: 0 }, violations: [] },
  notLookedAt: [],
};

/** Proves that the policies outside the templates allow every request that the plan intends. */
export function proveOuter(
  plan: AccessPlan,
  account: Account,
  group: PrincipalGroup,
  outer: OuterPolicies,
): ProvenOuter {
  if (outer.serviceControl.length === 0 && outer.session === undefined && outer.endpoint === undefined) {
    return NOTHING;
  }
  const requests = intendedRequests(plan, account, group);
  const { policies, setAside } = relevantPolicies(outer, requests);
  const labels = group.planned.map(principalLabel);
  const violations: Violation[] = [];
  const notes = new Set<string>(setAside);
  let decisions = 0;
  for (const request of requests) {
    const layers = { ...layersOf(group.principal), ...layersFor(policies, request, group) };
    const contexts = unknownContexts(policies, request);
    if (typeof contexts === 'string') {
      violations.push(undecided(account, labels, request, contexts));
      continue;
    }
    const answers = contexts.map((context) => ({
      context,
      decision: evaluate(layers, { ...request, context: { ...request.context, ...context } }),
    }));
    decisions += answers.length;
    // The first context contains none of the unknown keys.
    const wrong = answers.find((a) => a.decision.decision !== 'allowed' && isOuterDecision(a.decision));
    if (wrong !== undefined && (wrong === answers[0] || wrong.decision.decision === 'refused')) {
      const always = answers.every((a) => a.decision.decision !== 'allowed');
      violations.push(violation({ plan, account, labels, policies, request, always, ...wrong }));
    } else if (wrong !== undefined) {
      const [by] = wrong.decision.decidedBy;
      notes.add(
        `requests for which ${keyWords(wrong.context)}: ${by === undefined ? 'nothing allows them' : `${statementWords(by)} denies them`}`,
      );
    }
  }
  const total = decisions * group.planned.length;
  return {
    part: {
      counts: { classes: 0, decisions: total, allowed: total - violations.length, denied: 0 },
      violations,
    },
    notLookedAt: [...notes],
  };
}

function keyWords(context: RequestContext): string {
  return Object.entries(context)
    .map(([key, [value]]) => `${conditionKey(key)?.name ?? key} is '${value}'`)
    .join(' and ');
}

/** True when an outer policy made the decision. Denials by the templates themselves are reported elsewhere. */
function isOuterDecision({ layer, decision }: Decision): boolean {
  return decision === 'refused' || layer === 'serviceControl' || layer === 'session' || layer === 'endpoint';
}

/**
 * Returns the outer policies that apply to a request. The endpoint policy of bedrock-runtime applies to calls of models
 * and guardrails, but not to lookups and parameters. A role that serves this project itself is assumed by a service,
 * without a session policy.
 */
function layersFor(
  { serviceControl, session, endpoint }: OuterPolicies,
  { action }: AccessRequest,
  { applications }: PrincipalGroup,
) {
  const runtime = INVOKE_ACTIONS.includes(action as InvokeAction) || action === 'bedrock:ApplyGuardrail';
  return {
    serviceControl,
    ...(session !== undefined && applications.length > 0 && { session }),
    ...(endpoint !== undefined && runtime && { endpoint }),
  };
}

function undecided(account: Account, labels: readonly string[], request: AccessRequest, reason: string): Violation {
  return {
    kind: 'undecided',
    message: `whether ${principalWords(labels)} may ${requestWords(account, request, [])} cannot be decided: ${reason}`,
    principals: labels,
    about: 'policies outside the templates',
    witness: request,
    decidedBy: { policy: reason },
    classes: 1,
  };
}

interface Wrong {
  readonly plan: AccessPlan;
  readonly account: Account;
  readonly labels: readonly string[];
  readonly policies: OuterPolicies;
  readonly request: AccessRequest;
  readonly context: RequestContext;
  readonly decision: Decision;
  /** True when the request is denied for all values of the unknown keys. */
  readonly always: boolean;
}

function violation({ plan, account, labels, policies, request, context, decision, always }: Wrong): Violation {
  const [by] = decision.decidedBy;
  const [refusal] = decision.refusals;
  const who = principalWords(labels);
  const region = request.context['aws:RequestedRegion']?.[0];
  const words = `${requestWords(account, request, [])}${region === undefined || region === plan.region ? '' : `, which goes to aws:RequestedRegion '${region}'`}`;
  const witness = { ...request, context: { ...request.context, ...context } };
  const common = { principals: labels, witness, classes: 1 };
  if (refusal !== undefined) {
    const message = `whether ${who} may ${words} cannot be decided: ${statementWords(refusal)}: ${refusal.reason}`;
    const { policy, sid } = refusal;
    return {
      ...common,
      kind: 'undecided',
      about: policy,
      message,
      decidedBy: { policy, ...(sid !== undefined && { sid }) },
    };
  }
  const unknown = unknownKeys(policies, request).map((key) => conditionKey(key)?.name ?? key);
  const when = always ? '' : ` unless ${unknown.join(' or ')} has a certain value, which is not known here`;
  const why =
    by === undefined
      ? `no ${decision.layer === 'serviceControl' ? 'service control policy of one level' : `${decision.layer} policy`} allows it`
      : `denied by ${statementWords(by)}`;
  const exemption = by === undefined ? undefined : regionExemption(account, policies, by, witness);
  return {
    ...common,
    kind: always ? 'outer' : 'undecided',
    about: by?.policy ?? decision.layer,
    message: `${who} may not ${words}${when}; ${why}${exemption === undefined ? '' : `; the exemption it needs: ${exemption}`}`,
    ...(by !== undefined && { decidedBy: { policy: by.policy, ...(by.sid !== undefined && { sid: by.sid }) } }),
  };
}
