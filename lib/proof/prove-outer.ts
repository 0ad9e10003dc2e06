import type { Account } from '../account/account';
import { type InvokeAction, invokeChecks } from '../account/invoke-checks';
import { invokeTarget } from '../account/invoke-target';
import { conditionKey } from '../catalog/condition-keys';
import { isJsonMap } from '../catalog/json-map';
import type { AccessRequest, RequestContext } from '../iam/access-request';
import type { Condition } from '../iam/condition';
import type { Decision } from '../iam/decision';
import { evaluate } from '../iam/evaluate';
import { whyUndecided } from '../iam/match-class';
import { matchAction } from '../iam/match-statement';
import { parsePolicy } from '../iam/parse-policy';
import type { Policy } from '../iam/policy';
import { parseLayers } from '../iam/policy-layers';
import { valueWitnesses } from '../iam/witnesses';
import type { AccessPlan } from '../plan/access-plan';
import { parameterArn } from '../plan/names';
import { parameterName } from '../plan/physical-name';
import { INVOKE_ACTIONS } from '../plan/statement';
import { carveOut } from './carve-out';
import type { OuterPolicies } from './outer-policies';
import type { PrincipalGroup } from './principal-group';
import type { Part, Violation } from './proof';
import { knownKeys, layersOf } from './prove-principals';
import { principalWords, requestWords, statementWords } from './sentence';
import { wholeCalls } from './whole-calls';

export interface ProvenOuter {
  readonly part: Part;
  /** Statements that were set aside, and requests that carry keys which were taken to be absent, a line each. */
  readonly notLookedAt: readonly string[];
}

const NOTHING: ProvenOuter = {
  part: { counts: { classes: 0, decisions: 0, allowed: 0, denied: 0 }, violations: [] },
  notLookedAt: [],
};
const MOST_CONTEXTS = 4096;

/** Whether every call that the plan intends survives the policies that stand outside the templates. */
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
  const { policies, setAside } = concerned(outer, requests);
  const labels = group.planned.map((p) => p.label);
  const violations: Violation[] = [];
  const notes = new Set<string>(setAside);
  let decisions = 0;
  for (const request of requests) {
    const layers = { ...layersOf(group.principal), ...layersFor(policies, request) };
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
    // The first context has none of the unknown keys.
    const wrong = answers.find((a) => a.decision.decision !== 'allowed' && blames(a.decision));
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
  const asked = decisions * group.planned.length;
  return {
    part: {
      counts: { classes: 0, decisions: asked, allowed: asked - violations.length, denied: 0 },
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

/** What the templates themselves deny is told of them. */
function blames({ layer, decision }: Decision): boolean {
  return decision === 'refused' || layer === 'serviceControl' || layer === 'session' || layer === 'endpoint';
}

/** Every request that the principal's work is made of, with the keys that are known of it. */
function intendedRequests(plan: AccessPlan, account: Account, group: PrincipalGroup): readonly AccessRequest[] {
  const { applications, principal } = group;
  const always: RequestContext = {
    ...knownKeys(account, principal),
    'aws:PrincipalType': [principal.kind === 'role' ? 'AssumedRole' : 'User'],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:SecureTransport': ['true'],
    'aws:ViaAWSService': ['false'],
  };
  const here = { 'aws:RequestedRegion': [plan.region] };
  const lookups = applications.flatMap(({ name, parameters }): readonly AccessRequest[] => [
    ...parameters.map((p) => ({ action: 'ssm:GetParameter', resource: parameterArn(plan, p.name), context: here })),
    {
      action: 'ssm:GetParametersByPath',
      resource: parameterArn(plan, parameterName(plan.environment, name)),
      context: here,
    },
  ]);
  const profiles = applications.flatMap((a) =>
    a.generations.flatMap((g) => account.profiles.find((p) => p.name === g.profileName) ?? []),
  );
  const calls = applications
    .flatMap((own) => wholeCalls(own, [own], account))
    .filter((call) => call.expected === 'allowed')
    .flatMap(({ target, action, guardrail }) => {
      const found = invokeTarget(account, target);
      return found.kind === 'unknown'
        ? []
        : invokeChecks({ account, target: found, action, reading: 'every', ...(guardrail && { guardrail }) });
    });
  const verification = plan.applications
    .flatMap((a) => a.roles.filter((r) => r.trust.Condition?.['ArnEquals'] !== undefined))
    .map((r) => ({ action: 'sts:AssumeRole', resource: r.arn, context: here }));
  return [
    ...(applications.length === 0 ? verification : []),
    ...lookups,
    ...profiles.map((p) => ({ action: 'bedrock:GetInferenceProfile', resource: p.arn, context: here })),
    ...calls,
  ].map((request) => ({ ...request, context: { ...always, ...request.context } }));
}

/** An endpoint of bedrock-runtime sees calls of models and guardrails, and neither lookups nor parameters. */
function layersFor({ serviceControl, session, endpoint }: OuterPolicies, { action }: AccessRequest) {
  const runtime = INVOKE_ACTIONS.includes(action as InvokeAction) || action === 'bedrock:ApplyGuardrail';
  return {
    serviceControl,
    ...(session !== undefined && { session }),
    ...(endpoint !== undefined && runtime && { endpoint }),
  };
}

/** Conditions of the statements that name the action. */
function conditionsOn(policies: OuterPolicies, { action }: AccessRequest): readonly Condition[] {
  return parseLayers({ identity: [], ...policies })
    .flatMap((l) => l.policies.flatMap((p) => p.statements))
    .filter((statement) => matchAction(statement, action.toLowerCase()))
    .flatMap((s) => s.conditions);
}

/** Keys that the policies ask for and nobody knows; Bedrock's own keys are known. */
function unknownKeys(policies: OuterPolicies, request: AccessRequest): readonly string[] {
  const given = new Set(Object.keys(request.context).map((key) => key.toLowerCase()));
  const keys = new Set(conditionsOn(policies, request).map((c) => c.key));
  return [...keys].filter((key) => !given.has(key) && !key.startsWith('bedrock:'));
}

/** One context for every value of the unknown keys, the first with none of them; or why that cannot be. */
function unknownContexts(policies: OuterPolicies, request: AccessRequest): readonly RequestContext[] | string {
  const conditions = conditionsOn(policies, request);
  let contexts: readonly RequestContext[] = [{}];
  for (const key of unknownKeys(policies, request)) {
    const own = conditions.filter((c) => c.key === key);
    const [reason] = own.flatMap((c) => whyUndecided(c) ?? []);
    if (reason !== undefined) {
      return reason;
    }
    const values = valueWitnesses(key, own);
    contexts = values.flatMap((v) => contexts.map((c) => (v === undefined ? c : { ...c, [key]: [v] })));
    if (contexts.length > MOST_CONTEXTS) {
      return `the policies outside the templates ask for keys with more than ${MOST_CONTEXTS} different values together`;
    }
  }
  return contexts;
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
  /** Whether the request is denied whatever the unknown keys are. */
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
  const open = unknownKeys(policies, request).map((key) => conditionKey(key)?.name ?? key);
  const when = always ? '' : ` unless ${open.join(' or ')} is what it asks for, which nobody knows here`;
  const why =
    by === undefined
      ? `no ${decision.layer === 'serviceControl' ? 'service control policy of one level' : `${decision.layer} policy`} allows it`
      : `denied by ${statementWords(by)}`;
  const carved = by === undefined ? undefined : carveOut(account, policies, by, witness);
  return {
    ...common,
    kind: always ? 'outer' : 'undecided',
    about: by?.policy ?? decision.layer,
    message: `${who} may not ${words}${when}; ${why}${carved === undefined ? '' : `; the carve-out it needs: ${carved}`}`,
    ...(by !== undefined && { decidedBy: { policy: by.policy, ...(by.sid !== undefined && { sid: by.sid }) } }),
  };
}

/**
 * Leaves out the statements that are not understood and name no action that the plan intends: they only take away, and
 * take nothing away here. What else is not understood stays, and is refused.
 */
function concerned(
  { serviceControl, session, endpoint }: OuterPolicies,
  requests: readonly AccessRequest[],
): { readonly policies: OuterPolicies; readonly setAside: readonly string[] } {
  const setAside: string[] = [];
  const actions = [...new Set(requests.map((r) => r.action.toLowerCase()))];
  const reduce = (policy: Policy): readonly Policy[] => {
    const { document } = policy;
    if (!isJsonMap(document) || parsePolicy(policy, 'identity').refusals.length === 0) {
      return [policy];
    }
    const all: readonly unknown[] = [document['Statement']].flat();
    const kept = all.filter((statement) => {
      const alone = { name: policy.name, document: { ...document, Statement: [statement] } };
      const aside = parsePolicy(alone, 'identity').refusals.length > 0 && !names(statement, actions);
      if (aside) {
        setAside.push(`${policy.name}: a statement that is not understood and concerns no action of the plan`);
      }
      return !aside;
    });
    return kept.length === 0 ? [] : [{ ...policy, document: { ...document, Statement: kept } }];
  };
  return {
    policies: {
      serviceControl: serviceControl.map((level) => level.flatMap(reduce)),
      ...(session !== undefined && { session }),
      ...(endpoint !== undefined && { endpoint }),
    },
    setAside,
  };
}

/** Whether a statement, of which nothing but its actions is understood, names one of these; if in doubt, it does. */
function names(statement: unknown, actions: readonly string[]): boolean {
  if (!isJsonMap(statement)) {
    return true;
  }
  const { Action, NotAction } = statement;
  const reduced = {
    Effect: 'Deny',
    ...(Action !== undefined && { Action }),
    ...(NotAction !== undefined && { NotAction }),
    Resource: '*',
  };
  const { statements, refusals } = parsePolicy(
    { name: '', document: { Version: '2012-10-17', Statement: [reduced] } },
    'identity',
  );
  return refusals.length > 0 || actions.some((action) => statements.some((s) => matchAction(s, action)));
}
