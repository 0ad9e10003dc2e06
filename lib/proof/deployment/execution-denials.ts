import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import type { Existing } from '../../plan/deployment/execution-iam';
import type { AccessPlan } from '../../plan/environment/access-plan';
import escalation from './escalation-paths.json';
import denials from './execution-denials.json';

/** Something that an execution policy must not allow. */
export interface ExecutionDenial {
  /** Completes "CloudFormation may …". */
  readonly title: string;
  /** It takes all of them, so one that is denied is enough. */
  readonly requests: readonly AccessRequest[];
}

interface StoredDenial {
  readonly title: string;
  /**
   * Of which policies it is demanded.
   *
   * @default - of every one
   */
  readonly only?: 'existing named' | 'no GitHub provider';
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

/**
 * What an execution policy must not allow, for one plan: what is listed, and every documented way to more rights, with
 * what is not the environment's own.
 *
 * In the list names of the plan stand in braces; what is about an existing role or user stands once for each that the file
 * names, and what is about a function beside the verification once for each of these.
 */
export function executionDenials(plan: AccessPlan, existing: Existing): readonly ExecutionDenial[] {
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
    stranger: strangerTo([...each.existingRole, ...each.existingUser]),
  };
  const demanded = { 'existing named': existing === 'named', 'no GitHub provider': !plan.createGithubProvider };
  const listed = (denials as readonly StoredDenial[]).filter(({ only }) => only === undefined || demanded[only]);
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
      title: `go the way to more rights that is known as ${path}`,
      requests: actions.map((action) => elsewhere(path, action, names)),
    })),
  ];
}

/** A name that is no part of any of the names. */
function strangerTo(names: readonly string[], name = 'somebody'): string {
  return names.some((known) => known.includes(name)) ? strangerTo(names, `${name}x`) : name;
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

/** The action, done on what belongs to somebody else. */
function elsewhere(path: string, action: string, names: Readonly<Record<string, string>>): AccessRequest {
  const resources: Readonly<Record<string, string>> = escalation.somebodyElses;
  const context: RequestContext = /:Attach/.test(action)
    ? { 'iam:PolicyARN': [fill('arn:{partition}:iam::aws:policy/AdministratorAccess', names)] }
    : action === 'iam:PassRole'
      ? { 'iam:PassedToService': [`${path.replace(/-\d+$/, '')}.amazonaws.com`] }
      : {};
  return { action, resource: fill(resources[action] ?? '*', names), context };
}
