import type { Account } from '../account/account';
import { type InvokeAction, invokeChecks } from '../account/invoke-checks';
import { invokeTarget } from '../account/invoke-target';
import { isJsonMap } from '../catalog/json-map';
import type { AccessRequest, RequestContext } from '../iam/access-request';
import type { Decision } from '../iam/decision';
import { evaluate } from '../iam/evaluate';
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
  /** Statements that are not understood and concern nothing that the plan intends, a line each. */
  readonly setAside: readonly string[];
}

const NOTHING: ProvenOuter = {
  part: { counts: { classes: 0, decisions: 0, allowed: 0, denied: 0 }, violations: [] },
  setAside: [],
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
  const violations = new Map<string, Violation>();
  let decisions = 0;
  for (const request of requests) {
    const layers = { ...layersOf(group.principal), ...layersFor(policies, request) };
    const contexts = unknownContexts(policies, request);
    const answers = contexts.map((context) => ({
      context,
      decision: evaluate(layers, { ...request, context: { ...request.context, ...context } }),
    }));
    decisions += answers.length;
    const wrong = answers.find((a) => a.decision.decision !== 'allowed');
    if (wrong !== undefined && blames(wrong.decision)) {
      const always = answers.every((a) => a.decision.decision !== 'allowed');
      const found = violation({ plan, account, labels, policies, request, always, ...wrong });
      violations.set(found.message, found);
    }
  }
  const asked = decisions * group.planned.length;
  return {
    part: {
      counts: { classes: 0, decisions: asked, allowed: asked - violations.size, denied: 0 },
      violations: [...violations.values()],
    },
    setAside,
  };
}

/** What the templates themselves deny is told of them. */
function blames({ layer, decision }: Decision): boolean {
  return decision === 'refused' || layer === 'serviceControl' || layer === 'session' || layer === 'endpoint';
}

/** Every request that the principal's work is made of, with the keys that are known of it. */
function intendedRequests(plan: AccessPlan, account: Account, group: PrincipalGroup): readonly AccessRequest[] {
  const { applications, principal } = group;
  const always: RequestContext = {
    ...knownKeys(account, principal.arn),
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

/** One context for every value of the keys that the policies ask for and nobody knows; Bedrock's own keys are known. */
function unknownContexts(policies: OuterPolicies, { action, context }: AccessRequest): readonly RequestContext[] {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const conditions = parseLayers({ identity: [], ...policies })
    .flatMap((l) => l.policies.flatMap((p) => p.statements))
    .filter((statement) => matchAction(statement, action.toLowerCase()))
    .flatMap((s) => s.conditions);
  const unknown = [...new Set(conditions.map((c) => c.key))].filter(
    (key) => !given.has(key) && !key.startsWith('bedrock:'),
  );
  let contexts: readonly RequestContext[] = [{}];
  for (const key of unknown) {
    const values = valueWitnesses(
      key,
      conditions.filter((c) => c.key === key),
    );
    if (contexts.length * values.length > MOST_CONTEXTS) {
      break;
    }
    contexts = contexts.flatMap((c) => values.map((v) => (v === undefined ? c : { ...c, [key]: [v] })));
  }
  return contexts;
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
    return { ...common, kind: 'undecided', about: refusal.policy, message };
  }
  const keys = Object.entries(context).map(([key, [value]]) => `${key} is '${value}'`);
  const when = always ? '' : ` when ${keys.join(' and ') || 'keys that nobody knows here are absent'}`;
  const why =
    by === undefined
      ? `no ${decision.layer === 'serviceControl' ? 'service control policy of one level' : `${decision.layer} policy`} allows it`
      : `denied by ${statementWords(by)}`;
  const carved = by === undefined ? undefined : carveOut(account, policies, by, witness);
  return {
    ...common,
    kind: 'outer',
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
  const reduce = (policy: Policy): Policy => {
    const { document } = policy;
    if (!isJsonMap(document) || parsePolicy(policy, 'identity').refusals.length === 0) {
      return policy;
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
    return { ...policy, document: { ...document, Statement: kept } };
  };
  return {
    policies: {
      serviceControl: serviceControl.map((level) => level.map(reduce)),
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
