import type { Account } from '../../account/account';
import type { Decision } from '../../iam/evaluate/decision';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principalLabel } from '../../plan/environment/principals';
import type { Part, Violation } from '../finding/proof';
import { statementWords } from '../finding/sentence';
import { callerGroups, type Found, unusedContext } from './caller-groups';
import type { Denial, DeniedRequest } from './denial';
import { BROKEN, type IntendedRequest, intendedRequests } from './intended-requests';
import { knownValues, possibleArns } from './known-values';
import { applies, causeOfDecision, decide, type OuterLayer, outerLayers } from './outer-layers';
import type { OuterPolicies } from './outer-policies';
import { onlyInReadings, outerViolation } from './outer-violation';
import { passedBans } from './passed-bans';
import { relevantPolicies } from './relevant-policies';
import { requestContexts } from './request-contexts';
import { unknownActions } from './unknown-actions';

export interface ProvenOuter {
  readonly part: Part;
  /** A line for each thing that was set aside, that depends on unknown values, or on what Bedrock checks. */
  readonly notLookedAt: readonly string[];
}

const NOTHING: ProvenOuter = {
  part: { counts: { classes: 0, decisions: 0, allowed: 0, denied: 0 }, violations: [] },
  notLookedAt: [],
};

/**
 * Proves that the policies outside the templates allow every request that the plan intends.
 *
 * Each layer is judged alone, so that one layer never hides what another one denies.
 */
export function proveOuter(
  plan: AccessPlan,
  account: Account,
  found: readonly Found[],
  outer: OuterPolicies,
): ProvenOuter {
  if (outer.serviceControl.length === 0 && outer.session === undefined && outer.endpoint === undefined) {
    return NOTHING;
  }
  const denials = new Map<string, Collected>();
  const notes = new Set<string>();
  /** Statements that concern no principal. What concerns one is among the violations. */
  let aside: readonly string[] | undefined;
  let decisions = 0;
  let allowed = 0;
  for (const group of callerGroups(found, outer)) {
    const [planned, principal] = group[0];
    const known = knownValues(account, planned, principal, outer);
    const requests = intendedRequests(plan, account, group[0], known);
    const { policies, setAside } = relevantPolicies(outer, requests);
    aside = aside?.filter((note) => setAside.includes(note)) ?? setAside;
    const arns = possibleArns(plan, planned);
    const principals = group.map(([p]) => principalLabel(p));
    const all = outerLayers(policies, planned);
    const passes = (request: AccessRequest): boolean =>
      all.every((layer) => !applies(layer, request) || decide(layer, request).decision === 'allowed');
    for (const layer of all) {
      for (const request of requests.filter((r) => applies(layer, r))) {
        const answer = judgeRequest(layer, request, arns);
        decisions += answer.decisions * group.length;
        allowed += answer.allowed * group.length;
        if (answer.note !== undefined) {
          notes.add(answer.note);
        }
        if (answer.denied !== undefined) {
          const { context, ...cause } = answer.denied;
          const { limits } = outer;
          const where = {
            plan,
            account,
            passes,
            ...(limits && { limits }),
            layer: layer.name,
            policies: layer.policies,
          };
          add(denials, { ...where, ...cause }, { request, context, principals });
        }
      }
    }
    for (const note of passedBans(outer, requests)) {
      notes.add(note);
    }
  }
  for (const note of [...(aside ?? []), ...unknownActions(outer), ...unusedContext(outer)]) {
    notes.add(note);
  }
  const violations = [...denials.values()].flatMap((denial): readonly Violation[] => {
    const reading = onlyInReadings(denial);
    if (reading === undefined) {
      return [outerViolation(denial)];
    }
    notes.add(reading);
    return [];
  });
  return {
    part: { counts: { classes: 0, decisions, allowed, denied: 0 }, violations: sorted(violations) },
    notLookedAt: [...notes],
  };
}

/** What one layer answers to one request, for every combination of values of the unknown keys. */
interface Answer {
  readonly decisions: number;
  readonly allowed: number;
  /**
   * A line about requests with unusual values, which are denied.
   *
   * @default - there are none, or ordinary requests are denied too
   */
  readonly note?: string;
  /**
   * Why the request is denied, and the values of unknown keys that it has then.
   *
   * @default - it is allowed, or only denied with unusual values
   */
  readonly denied?: Pick<Denial, 'by' | 'statement' | 'refusal' | 'unknown'> & { readonly context: RequestContext };
}

function judgeRequest(
  layer: OuterLayer,
  request: IntendedRequest,
  principalArns: readonly [withoutPath: string, withPath: string],
): Answer {
  const possible = requestContexts(layer.layers, request, principalArns);
  if (typeof possible === 'string') {
    const refusal = { policy: layer.policies.at(-1)?.name ?? layer.name, sid: undefined, reason: possible };
    return { decisions: 0, allowed: 0, denied: { refusal, unknown: [], context: {} } };
  }
  const answers = possible.contexts.map(({ keys, isOrdinary }) => ({
    context: keys,
    isOrdinary,
    decision: decide(layer, { ...request, context: { ...request.context, ...keys } }),
  }));
  const denied = answers.filter((a) => a.decision.decision !== 'allowed');
  const counts = { decisions: answers.length, allowed: answers.length - denied.length };
  const wrong = denied.find((a) => a.decision.decision === 'refused') ?? denied.find((a) => a.isOrdinary) ?? denied[0];
  if (wrong === undefined) {
    return counts;
  }
  const { decision, context, isOrdinary } = wrong;
  if (decision.decision !== 'refused' && !isOrdinary) {
    return { ...counts, note: `requests for which ${keyWords(context)}: ${whyWords(decision)}` };
  }
  const cause = causeOfDecision(layer, decision, { ...request, context: { ...request.context, ...context } });
  return {
    ...counts,
    denied: { ...cause, unknown: denied.length === answers.length ? [] : possible.unknown, context },
  };
}

/** A denial that is still being collected. */
type Collected = Omit<Denial, 'denied'> & { readonly denied: [DeniedRequest, ...DeniedRequest[]] };

function add(denials: Map<string, Collected>, denial: Omit<Denial, 'denied'>, one: DeniedRequest): void {
  const { layer, policies, by, statement, refusal, unknown } = denial;
  const key = JSON.stringify([layer, policies.map((p) => p.name), by, statement, refusal, unknown.length > 0]);
  const before = denials.get(key);
  before?.denied.push(one);
  denials.set(key, {
    ...denial,
    unknown: [...new Set([...(before?.unknown ?? []), ...unknown])],
    denied: before?.denied ?? [one],
  });
}

function keyWords(context: RequestContext): string {
  return Object.entries(context)
    .map(([key, values]) => `${key} is '${values.join("', '")}'`)
    .join(' and ');
}

function whyWords({ decidedBy: [by] }: Decision): string {
  return by === undefined ? 'nothing allows them' : `${statementWords(by)} denies them`;
}

function sorted(violations: readonly Violation[]): readonly Violation[] {
  const rank = ({ breaks }: Violation): number => BROKEN.indexOf(breaks ?? 'own work');
  return [...violations].sort((a, b) => rank(a) - rank(b));
}
