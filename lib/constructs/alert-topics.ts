import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { TopicPlan } from '../plan/environment/topics-plan';
import { policyDocument } from '../plan/parts/statement';

export interface AlertTopicsProps {
  /** Name of the key's alias. */
  readonly keyAlias: string;
  readonly topics: readonly TopicPlan[];
}

/**
 * Topics that alerts go to, each with the addresses that it sends them on to.
 *
 * Subscriptions stand in the topic: as resources of their own they would be a third of what a template may hold.
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
