import { CfnParameter, Fn, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { dashboard } from '../constructs/dashboard';
import type { AccessPlan } from '../plan/environment/access-plan';
import type { OverviewPlan } from '../plan/environment/dashboard/overview-dashboard';

export interface DashboardStackProps extends StackProps {
  readonly plan: AccessPlan;
  /** The dashboard of this stack, one of the plan's. */
  readonly page: OverviewPlan;
}

/**
 * A dashboard of the environment.
 *
 * It reads the ids of profiles from SSM parameters, which the stacks of the applications write: CloudFormation reads
 * them anew at every deployment. A dynamic reference would do the same, but a template may have only 60 of them.
 */
export class DashboardStack extends Stack {
  constructor(scope: Construct, id: string, { plan, page, ...props }: DashboardStackProps) {
    super(scope, id, props);
    const parameters = new Construct(this, 'ProfileIds');
    const shown = plan.applications.filter(({ name }) => page.applications.includes(name));
    const ids = new Map(
      shown.flatMap(({ name, generations, profileIds }) => {
        const { valueAsString } = new CfnParameter(parameters, name, {
          type: 'AWS::SSM::Parameter::Value<String>',
          default: profileIds.name,
          description: `ids of the profiles of ${name}`,
        });
        return generations.map((g, i) => [g.profileName, Fn.select(i, Fn.split(',', valueAsString))] as const);
      }),
    );
    dashboard(this, 'Dashboard', page, (profileName) => ids.get(profileName) ?? unknownProfile(profileName));
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}

function unknownProfile(name: string): never {
  throw new Error(`the dashboard shows the profile '${name}', which no application of it defines`);
}
