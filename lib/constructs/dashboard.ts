import { Fn, Stack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { dashboardBody } from '../plan/parts/dashboard-body';
import type { DashboardPlan } from '../plan/parts/dashboard-plan';
import { profileNameFromId } from '../plan/parts/profile-reference';

/** A JSON text, and nothing else, that is the id of a profile in a plan. */
const ID = /"(\{[^"}]+\})"/g;

/**
 * Defines a dashboard. Its body stays one plain text in the template, in which CloudFormation replaces the ids of
 * profiles.
 *
 * @param profileId returns the id that Bedrock has given to the profile with this name
 */
export function dashboard(
  scope: Construct,
  id: string,
  plan: DashboardPlan,
  profileId: (profileName: string) => string,
): CfnDashboard {
  const variables = new Map<string, string>();
  const body = JSON.stringify(dashboardBody(plan, Stack.of(scope).region))
    .replaceAll('${', '${!')
    .replace(ID, (_, reference: string) => {
      const variable = variables.get(reference) ?? `p${variables.size + 1}`;
      variables.set(reference, variable);
      return `"\${${variable}}"`;
    });
  return new CfnDashboard(scope, id, {
    dashboardName: plan.name,
    // An id has only letters and digits, so it needs no escaping in JSON.
    dashboardBody: Fn.sub(
      body,
      Object.fromEntries([...variables].map(([ref, name]) => [name, profileId(profileNameFromId(ref) ?? ref)])),
    ),
  });
}
