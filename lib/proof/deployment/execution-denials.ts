import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import type { ExistingPrincipals } from '../../plan/deployment/execution-iam';
import type { AccessPlan } from '../../plan/environment/access-plan';
import escalation from './escalation-paths.json';
import denials from './execution-denials.json';

/** Something that an execution policy must not allow. */
export interface ExecutionDenial {
  /** Completes "CloudFormation may …". */
  readonly title: string;
  /** Requests that only succeed together, so it is enough that one of them is denied. */
  readonly requests: readonly AccessRequest[];
}

interface StoredDenial {
  readonly title: string;
  /**
   * Policies to which the denial applies.
   *
   * @default - every policy
   */
  readonly only?: 'existing named' | 'no GitHub provider' | 'no limit';
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * Lists what the execution policy of a plan must not allow: the denials of `execution-denials.json`, and every
 * documented escalation path of `escalation-paths.json`, tried on resources that do not belong to the environment.
 *
 * In both files, names of the plan are written in braces. A denial about an existing role or user is repeated for each
 * one that the environment file names, and a denial about a function for each function but the verification.
 */
export function executionDenials(plan: AccessPlan, existing: ExistingPrincipals): readonly ExecutionDenial[] {
  const { partition, account, region, environment, applications, functions } = plan;
  const each = {
    existingRole: applications.flatMap((a) => a.existingRoles),
    existingUser: applications.flatMap((a) => a.existingUsers),
    function: functions.map(({ functionName }) => functionName),
  };
  const names = {
    ...{ partition, account, region, environment },
    otherAccount: account === '999999999999' ? '888888888888' : '999999999999',
    otherRegion: region === 'eu-north-1' ? 'us-east-1' : 'eu-north-1',
    unplanned: unplannedName([...each.existingRole, ...each.existingUser]),
  };
  const applies = {
    'existing named': existing === 'named',
    'no GitHub provider': !plan.createGithubProvider,
    'no limit': applications.every((a) => a.limit === undefined),
  };
  const listed = (denials as readonly StoredDenial[]).filter(({ only }) => only === undefined || applies[only]);
  return [
    ...listed.flatMap((denial) => {
      const kind = (['existingRole', 'existingUser', 'function'] as const).find((k) =>
        `${denial.title}${denial.resource}`.includes(`{${k}}`),
      );
      return kind === undefined
        ? [filled(denial, names)]
        : [...new Set(each[kind])].map((name) => filled(denial, { ...names, [kind]: name }));
    }),
    ...Object.entries(escalation.paths).map(([path, actions]) => ({
      title: `take the escalation path ${path}`,
      requests: actions.map((action) => foreignRequest(path, action, names)),
    })),
  ];
}

/** Returns a name that is not part of any of the given names. */
function unplannedName(names: readonly string[], name = 'somebody'): string {
  return names.some((known) => known.includes(name)) ? unplannedName(names, `${name}x`) : name;
}

function filled(
  { title, action, resource, context = {} }: StoredDenial,
  names: Readonly<Record<string, string>>,
): ExecutionDenial {
  const keys = Object.entries(context).map(([key, value]) => [key, [fill(value, names)]]);
  const request = { action, resource: fill(resource, names), context: Object.fromEntries(keys) };
  return { title: fill(title, names), requests: [request] };
}

function fill(text: string, names: Readonly<Record<string, string>>): string {
  return Object.entries(names).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), text);
}

/** Returns a request for the action on a resource that does not belong to the environment. */
function foreignRequest(path: string, action: string, names: Readonly<Record<string, string>>): AccessRequest {
  const resources: Readonly<Record<string, string>> = escalation.foreignResources;
  const context: RequestContext = /:Attach/.test(action)
    ? { 'iam:PolicyARN': [fill('arn:{partition}:iam::aws:policy/AdministratorAccess', names)] }
    : action === 'iam:PassRole'
      ? { 'iam:PassedToService': [`${path.replace(/-\d+$/, '')}.amazonaws.com`] }
      : {};
  return { action, resource: fill(resources[action] ?? '*', names), context };
}
