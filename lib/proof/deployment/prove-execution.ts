import type { TemplateResources } from '../../account/templates/template-resources';
import { calledActions } from '../../account/types/called-actions';
import { RESOURCE_TYPES } from '../../account/types/resource-types';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { AccessRequest } from '../../iam/match/access-request';
import type { Policy } from '../../iam/policy/policy';
import type { ExecutionPolicyPlan } from '../../plan/deployment/execution-policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { planDigest } from '../../plan/environment/plan-digest';
import { MAX_POLICY_CHARACTERS, policyDocument, type Statement } from '../../plan/parts/statement';
import { staleTemplates } from '../finding/stale-templates';
import { type ExecutionDenial, executionDenials } from './execution-denials';
import { type ExecutionNeed, executionNeeds } from './execution-needs';
import type { ExecutionProof, ExecutionViolation } from './execution-proof';

/**
 * Proves three things about an execution policy. With this policy alone, CloudFormation can create, read, change and
 * delete every resource of the templates. Every action of the policy is called by a handler. Everything that must not
 * be allowed is denied.
 *
 * @param needs needs of the templates, passed by a caller that proves several policies for the same templates
 */
export function proveExecution(
  plan: AccessPlan,
  policy: ExecutionPolicyPlan,
  templates: TemplateResources,
  needs: readonly ExecutionNeed[] = executionNeeds(templates),
): ExecutionProof {
  const identity: Policy = { name: 'the execution policy', document: policyDocument(policy.statements) };
  const denials = executionDenials(plan, policy.existing);
  const requests = needs.flatMap((n) => n.calls.map((c) => c.request));
  return {
    violations: [
      ...coverageViolations(plan, templates),
      ...lengthViolations(policy),
      ...merged(needs.flatMap((need) => needViolations(identity, need))),
      ...unusedActions(policy, new Set(requests.map((r) => r.action))),
      ...denials.flatMap((denial) => denialViolations(identity, denial)),
    ],
    coverage: {
      resources: templates.resources.length,
      types: new Set(templates.resources.map((r) => r.type)).size,
      calls: new Set(requests.map((r) => JSON.stringify(r))).size,
      denials: denials.length,
    },
  };
}

/** Returns the result for templates that cannot be read: nothing is proven. */
export function noExecutionProof(message: string): ExecutionProof {
  return {
    violations: [{ kind: 'undecided', message, resources: [] }],
    coverage: { resources: 0, types: 0, calls: 0, denials: 0 },
  };
}

/** Lists the violations of one need. Resources with the same problem get the same key. */
function needViolations(
  identity: Policy,
  { type, name, unknown, calls }: ExecutionNeed,
): readonly (readonly [key: string, violation: ExecutionViolation])[] {
  const about = { type, resources: [name] };
  return [
    ...unknown.map((sentence): readonly [string, ExecutionViolation] => [
      `${type} ${sentence}`,
      { kind: 'undecided', message: `${type} ${name}: ${sentence}`, ...about },
    ]),
    ...calls.flatMap(({ when, request }): readonly (readonly [string, ExecutionViolation])[] => {
      const { decision, refusals } = evaluate({ identity: [identity] }, request);
      const subject = `${type} ${name} (${when})`;
      if (decision === 'allowed') {
        return [];
      }
      const key = `${type} ${request.action} ${decision}`;
      if (decision === 'refused') {
        const reasons = refusals.map((r) => r.reason).join('; ');
        const message = `${subject}: whether CloudFormation may ${inWords(request)} is not known: ${reasons}`;
        return [[key, { kind: 'undecided', message, ...about, witness: request }]];
      }
      const message = `${subject}: CloudFormation may not ${inWords(request)}`;
      return [[key, { kind: 'missing', message, ...about, witness: request, missing: statementFor(request) }]];
    }),
  ];
}

function denialViolations(identity: Policy, { title, requests }: ExecutionDenial): readonly ExecutionViolation[] {
  const decided = requests.map((request) => ({ request, ...evaluate({ identity: [identity] }, request) }));
  const [first] = decided;
  if (first === undefined || decided.some(({ decision }) => decision.endsWith('Deny'))) {
    return [];
  }
  const refused = decided.find(({ decision }) => decision === 'refused');
  if (refused !== undefined) {
    const reasons = refused.refusals.map((r) => r.reason).join('; ');
    const message = `whether CloudFormation may ${title} is not known: ${reasons}`;
    return [{ kind: 'undecided', message, resources: [], witness: refused.request }];
  }
  const sids = decided.flatMap(({ decidedBy }) => decidedBy.map(({ sid }) => sid ?? 'a statement without Sid'));
  const message = `CloudFormation may ${title}: ${requests.map(inWords).join(', then ')}; allowed by ${[...new Set(sids)].join(', ')}`;
  return [{ kind: 'excess', message, resources: [], witness: first.request }];
}

/** Lists the actions of the policy that no handler calls, including wildcards. */
function unusedActions(
  { statements }: ExecutionPolicyPlan,
  called: ReadonlySet<string>,
): readonly ExecutionViolation[] {
  const handled = [...RESOURCE_TYPES.values()].flatMap(calledActions);
  const known = new Set([...called, ...handled]);
  return statements.flatMap(({ Sid, Effect, Action }) =>
    Action.filter((action) => Effect === 'Allow' && !known.has(action)).map((action) => ({
      kind: 'excess' as const,
      message: `CloudFormation may ${action}, which no resource type here needs; allowed by ${Sid}`,
      resources: [],
    })),
  );
}

/** Condition keys that a suggested statement may use. AWS documents that the requests contain them. */
const SUGGESTED_KEYS = ['iam:PermissionsBoundary', 'iam:PolicyARN', 'iam:PassedToService', 'lambda:Principal'] as const;

function statementFor({ action, resource, context }: AccessRequest): Statement {
  const conditions = SUGGESTED_KEYS.flatMap((key) => (context[key] === undefined ? [] : [[key, context[key].join()]]));
  return {
    Sid: 'Missing',
    Effect: 'Allow',
    Action: [action],
    Resource: [resource],
    ...(conditions.length > 0 && { Condition: { StringEquals: Object.fromEntries(conditions) } }),
  };
}

function inWords({ action, resource, context }: AccessRequest): string {
  const keys = [...SUGGESTED_KEYS, 'aws:ResourceAccount', 'aws:ResourceTag/BedrockAccess'];
  const words = keys.flatMap((key) => (context[key] === undefined ? [] : [`${key} '${context[key].join()}'`]));
  return `${action} on ${resource}${words.length === 0 ? '' : ` with ${words.join(' and ')}`}`;
}

/** Merges violations with the same key into one that names all their resources. */
function merged(violations: readonly (readonly [string, ExecutionViolation])[]): readonly ExecutionViolation[] {
  const byKey = new Map<string, ExecutionViolation>();
  for (const [key, violation] of violations) {
    const before = byKey.get(key);
    const resources = [...new Set([...(before?.resources ?? []), ...violation.resources])];
    byKey.set(key, { ...(before ?? violation), resources });
  }
  return [...byKey.values()];
}

function coverageViolations(plan: AccessPlan, { stacks, resources }: TemplateResources): readonly ExecutionViolation[] {
  const digest = planDigest(plan);
  const messages = [
    ...(stacks.some((s) => s.planDigest === digest) ? [] : [staleTemplates(plan)]),
    ...(resources.length === 0 ? ['the templates have no resources, so nothing is proven'] : []),
  ];
  return messages.map((message) => ({ kind: 'coverage', message, resources: [] }));
}

function lengthViolations({ characters }: ExecutionPolicyPlan): readonly ExecutionViolation[] {
  const message = `the policy has ${characters} characters, and IAM allows at most ${MAX_POLICY_CHARACTERS}; shorten the name of the environment`;
  return characters <= MAX_POLICY_CHARACTERS ? [] : [{ kind: 'length', message, resources: [] }];
}
