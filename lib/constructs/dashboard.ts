import { Stack } from 'aws-cdk-lib';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { dashboardBody } from '../plan/parts/dashboard-body';
import type { DashboardPlan } from '../plan/parts/dashboard-plan';
import { namedByProfileId } from '../plan/parts/profile-reference';

/**
 * Defines a dashboard.
 *
 * @param profileId what Bedrock will call a profile by, from its name
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
    // An id is letters and digits, so that it stands in JSON as it is: no need to have CDK escape what it will be.
    dashboardBody: JSON.stringify(withIds(body, profileId)),
  });
}

/** Plain data with profiles' ids in place of their names. */
function withIds(value: unknown, profileId: (profileName: string) => string): unknown {
  if (typeof value === 'string') {
    const name = namedByProfileId(value);
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
