import { Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BILLING_REGION } from '../catalog/region';
import type { AccessPlan } from '../plan/environment/access-plan';
import { billingStacks } from '../plan/environment/billing-plan';
import { stackOfTopic } from '../plan/environment/topics-plan';
import { stackName } from '../plan/names/names';
import { AlertsStack } from './alerts-stack';
import { ApplicationStack } from './application-stack';
import { BillingStack } from './billing-stack';
import { DashboardStack } from './dashboard-stack';
import { FoundationStack } from './foundation-stack';
import { NetworkStack } from './network-stack';
import { OverviewStack } from './overview-stack';

export interface EnvironmentStageProps extends Omit<StageProps, 'env'> {
  readonly plan: AccessPlan;
}

/**
 * One environment, deployed by `cdk deploy 'ENVIRONMENT/**'`: a Foundation stack, one stack for each application, an
 * Overview stack, a Billing stack and a Dashboard stack, and with `network` a Network stack. Overview, Network and Billing depend only on the Foundation, so that
 * they are deployed even if an application fails. There is one exception: a budget in us-east-1 that denies at its
 * limit needs its application's policy. The dashboard comes after the applications whose profiles it shows.
 *
 * Stacks refer to each other by names and SSM parameters and have no exports. So adding, changing or removing an
 * application changes no other application's stack.
 */
export class EnvironmentStage extends Stage {
  constructor(scope: Construct, { plan, ...props }: EnvironmentStageProps) {
    const { environment, account, region } = plan;
    super(scope, environment, { ...props, env: { account, region } });

    const foundation = new FoundationStack(this, 'Foundation', {
      plan,
      stackName: stackName(environment, 'Foundation'),
      description: `bedrock-access ${environment}: permissions boundary and verification`,
    });
    const alerts = new Map(
      Object.entries(plan.topics.stacks)
        .filter(([id]) => id !== 'Foundation')
        .map(([id, topics]) => {
          const stack = new AlertsStack(this, id, {
            plan,
            topics,
            stackName: stackName(environment, id),
            description: `bedrock-access ${environment}: topics that alerts go to`,
          });
          stack.addStackDependency(foundation);
          return [id, stack];
        }),
    );
    if (plan.network?.place !== undefined) {
      new NetworkStack(this, 'Network', {
        plan,
        place: plan.network.place,
        stackName: stackName(environment, 'Network'),
        description: `bedrock-access ${environment}: endpoints of the VPC`,
      }).addStackDependency(foundation);
    }
    const applicationStacks = new Map<string, ApplicationStack>();
    for (const application of plan.applications) {
      const stack = new ApplicationStack(this, application.name, {
        plan,
        application,
        foundation,
        // With indentation, the template of the largest application would exceed CloudFormation's limit of 1 MB.
        suppressTemplateIndentation: true,
        stackName: stackName(environment, application.name),
        description: `bedrock-access ${environment}: ${application.name}`,
      });
      applicationStacks.set(application.name, stack);
      stack.addStackDependency(foundation);
      const topics = alerts.get(stackOfTopic(plan.topics, application.owner) ?? '');
      if (topics !== undefined) {
        stack.addStackDependency(topics);
      }
    }
    new OverviewStack(this, 'Overview', {
      plan,
      stackName: stackName(environment, 'Overview'),
      description: `bedrock-access ${environment}: scheduled verification`,
    }).addStackDependency(foundation);
    plan.dashboards.forEach((page, i) => {
      const id = i === 0 ? 'Dashboard' : `Dashboard-${i + 1}`;
      const stack = new DashboardStack(this, id, {
        plan,
        page,
        stackName: stackName(environment, id),
        description: `bedrock-access ${environment}: dashboard`,
      });
      stack.addStackDependency(foundation);
      for (const application of page.applications) {
        const own = applicationStacks.get(application);
        if (own !== undefined) {
          stack.addStackDependency(own);
        }
      }
    });
    billingStacks(plan).forEach((applications, i) => {
      const id = i === 0 ? 'Billing' : `Billing-${i + 1}`;
      const stack = new BillingStack(this, id, {
        plan,
        ...(i === 0 && { billing: plan.billing }),
        applications,
        env: { account, region: BILLING_REGION },
        stackName: stackName(environment, id),
        description: `bedrock-access ${environment}: budgets and cost anomalies`,
      });
      stack.addStackDependency(foundation);
      // A budget names topics, and its action names a policy and a role. Their stacks are created first and deleted
      // last.
      const before = [
        ...applications.map(({ owner }) => alerts.get(stackOfTopic(plan.topics, owner) ?? '')),
        ...applications.filter(({ limit }) => limit !== undefined).map(({ name }) => applicationStacks.get(name)),
      ];
      for (const other of before.filter((one) => one !== undefined)) {
        stack.addStackDependency(other);
      }
    });
  }
}
