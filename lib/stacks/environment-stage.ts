import { Stage, type StageProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BILLING_REGION } from '../catalog/region';
import type { AccessPlan } from '../plan/environment/access-plan';
import { billingStacks } from '../plan/environment/billing-plan';
import { stackOfTopic } from '../plan/environment/topics-plan';
import { stackName } from '../plan/names/physical-name';
import { AlertsStack } from './alerts-stack';
import { ApplicationStack } from './application-stack';
import { BillingStack } from './billing-stack';
import { FoundationStack } from './foundation-stack';
import { OverviewStack } from './overview-stack';

export interface EnvironmentStageProps extends Omit<StageProps, 'env'> {
  readonly plan: AccessPlan;
}

/**
 * One environment, deployed by `cdk deploy 'ENVIRONMENT/**'`: a Foundation stack, one stack an application,
 * an Overview stack and a Billing stack. The last two depend on the Foundation alone, so that an application that fails
 * takes nothing from them; but a budget in us-east-1 that denies at its limit needs the policy of its application.
 *
 * Stacks meet through names and SSM parameters and export nothing, so that adding, changing or removing an application
 * touches no other.
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
    const made = new Map<string, ApplicationStack>();
    for (const application of plan.applications) {
      const stack = new ApplicationStack(this, application.name, {
        plan,
        application,
        foundation,
        stackName: stackName(environment, application.name),
        description: `bedrock-access ${environment}: ${application.name}`,
      });
      made.set(application.name, stack);
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
      // A budget names topics that exist, and its action a policy and a role: these come before it, and go after it.
      const before = [
        ...applications.map(({ owner }) => alerts.get(stackOfTopic(plan.topics, owner) ?? '')),
        ...applications.filter(({ limit }) => limit !== undefined).map(({ name }) => made.get(name)),
      ];
      for (const other of before.filter((one) => one !== undefined)) {
        stack.addStackDependency(other);
      }
    });
  }
}
