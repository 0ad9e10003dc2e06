import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { TopicPlan } from '../plan/environment/topics-plan';
import { policyDocument } from '../plan/parts/statement';

export interface AlertTopicsProps {
  /** Alias of the key that encrypts the topics. */
  readonly keyAlias: string;
  readonly topics: readonly TopicPlan[];
}

/**
 * Topics that receive alerts and forward them to their e-mail addresses.
 *
 * The subscriptions are properties of the topics. As separate resources they would use a third of the resources that a
 * template may have.
 */
export class AlertTopics extends Construct {
  constructor(scope: Construct, id: string, { keyAlias, topics }: AlertTopicsProps) {
    super(scope, id);
    for (const { name, addresses, statements } of topics) {
      const topic = new CfnTopic(this, name, {
        topicName: name,
        kmsMasterKeyId: keyAlias,
        subscription: addresses.map((endpoint) => ({ protocol: 'email', endpoint })),
      });
      new CfnTopicPolicy(this, `${name}-policy`, { topics: [topic.ref], policyDocument: policyDocument(statements) });
    }
  }
}
