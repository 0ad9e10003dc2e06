import type { Account } from '../../account/account';
import { invokeChecks } from '../../account/invoke-checks';
import { invokeTarget } from '../../account/invoke-target';
import type { AccessRequest, RequestContext } from '../../iam/match/access-request';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principals } from '../../plan/environment/principals';
import { serviceRoles } from '../../plan/environment/service-roles';
import { parameterArn } from '../../plan/names/arns';
import { parameterName } from '../../plan/names/names';
import { wholeCalls } from '../calls/whole-calls';
import type { PrincipalGroup } from './principal-group';
import { knownKeys } from './prove-principals';

/** Lists every request that a principal makes in its intended work, with the condition keys whose values are known. */
export function intendedRequests(plan: AccessPlan, account: Account, group: PrincipalGroup): readonly AccessRequest[] {
  const { applications, principal } = group;
  const commonContext: RequestContext = {
    ...knownKeys(account, principal),
    'aws:PrincipalType': [principal.kind === 'role' ? 'AssumedRole' : 'User'],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:SecureTransport': ['true'],
    'aws:ViaAWSService': ['false'],
  };
  const inRegion = { 'aws:RequestedRegion': [plan.region] };
  const lookups = applications.flatMap(({ name, parameters }): readonly AccessRequest[] => [
    ...parameters.map((p) => ({ action: 'ssm:GetParameter', resource: parameterArn(plan, p.name), context: inRegion })),
    {
      action: 'ssm:GetParametersByPath',
      resource: parameterArn(plan, parameterName(plan.environment, name)),
      context: inRegion,
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
  const own = serviceRoles(plan)
    .filter(({ arn }) => arn === principal.arn)
    .flatMap(({ policy }) => policy.statements)
    .flatMap(({ Action, Resource = [] }) =>
      Action.flatMap((action) =>
        Resource.flatMap((pattern) => examplesOf(plan, pattern)).map((resource) => ({
          action,
          resource,
          context: inRegion,
        })),
      ),
    );
  return [
    ...own,
    ...lookups,
    ...profiles.map((p) => ({ action: 'bedrock:GetInferenceProfile', resource: p.arn, context: inRegion })),
    ...calls,
  ].map((request) => ({ ...request, context: { ...commonContext, ...request.context } }));
}

/** Lists resources that match a pattern: every role of the plan in a folder of roles, or else one made-up name. */
function examplesOf(plan: AccessPlan, pattern: string): readonly string[] {
  const folder = pattern.endsWith('/*') ? pattern.slice(0, -1) : undefined;
  const roles = principals(plan).flatMap((p) => (p.origin === 'existing' ? [] : [p.arn]));
  const fitting = folder === undefined ? [] : roles.filter((arn) => arn.startsWith(folder));
  return pattern === '*' ? [pattern] : fitting.length > 0 ? fitting : [pattern.replace('*', 'some')];
}
