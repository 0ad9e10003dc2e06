import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { AlertTopics } from '../constructs/alert-topics';
import type { AccessPlan } from '../plan/environment/access-plan';
import type { TopicPlan } from '../plan/environment/topics-plan';

export interface AlertsStackProps extends StackProps {
  readonly plan: AccessPlan;
  readonly topics: readonly TopicPlan[];
}

/** Topics of owners that do not fit into the Foundation stack. */
export class AlertsStack extends Stack {
  constructor(scope: Construct, id: string, { plan, topics, ...props }: AlertsStackProps) {
    super(scope, id, props);
    new AlertTopics(this, 'Topics', { keyAlias: plan.topics.key.alias, topics });
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
