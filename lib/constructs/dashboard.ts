import { Stack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { dashboardBody } from '../plan/parts/dashboard-body';
import type { DashboardPlan } from '../plan/parts/dashboard-plan';
import { profileNameFromId } from '../plan/parts/profile-reference';

/**
 * Defines a dashboard.
 *
 * @param profileId returns the id that Bedrock will give to the profile with this name
 */
export function dashboard(
  scope: Construct,
  id: string,
  plan: DashboardPlan,
  profileId: (profileName: string) => string = unknownProfile,
): CfnDashboard {
  const stack = Stack.of(scope);
  const body = dashboardBody(plan, stack.region);
  return new CfnDashboard(scope, id, {
    dashboardName: plan.name,
    // An id has only letters and digits, so the token that stands for it needs no escaping in JSON.
    dashboardBody: JSON.stringify(withIds(body, profileId)),
  });
}

/** Copies plain data and replaces the names of profiles by their ids. */
function withIds(value: unknown, profileId: (profileName: string) => string): unknown {
  if (typeof value === 'string') {
    const name = profileNameFromId(value);
    return name === undefined ? value : profileId(name);
  }
  if (Array.isArray(value)) {
    return value.map((item) => withIds(item, profileId));
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withIds(item, profileId)]))
    : value;
}

function unknownProfile(name: string): never {
  throw new Error(`the dashboard shows the profile '${name}', which its stack does not define`);
}
