import { CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { COST_TAGS_TYPE, LOGGING_TYPE } from '../account/types/cloudformation';
import type { LoggingPlan } from '../plan/environment/logging-plan';

export interface AccountSettingsProps {
  /** The function that changes the settings. It is a resource of this stack, so that it is deleted after them. */
  readonly lambda: CfnResource;
  /**
   * Plan of the invocation logging, and the resources that must exist before it is switched on.
   *
   * @default - the account's logging is not changed
   */
  readonly logging?: { readonly plan: LoggingPlan; readonly after: readonly CfnResource[] };
  /**
   * Tag keys to activate for billing.
   *
   * @default - the account's cost allocation tags are not changed
   */
  readonly tagKeys?: readonly string[];
}

/**
 * Seconds that CloudFormation waits for an answer. The function ends after 180 s and reserves time within them to
 * answer.
 */
const SERVICE_TIMEOUT_SECONDS = 240;

/** Account settings for which CloudFormation has no resource type. A function changes them. */
export class AccountSettings extends Construct {
  constructor(scope: Construct, id: string, { lambda, logging, tagKeys }: AccountSettingsProps) {
    super(scope, id);
    const setting = (name: string, type: string, properties: object): CfnResource => {
      const resource = new CfnResource(this, name, {
        type,
        properties: { ServiceToken: lambda.getAtt('Arn'), ServiceTimeout: SERVICE_TIMEOUT_SECONDS, ...properties },
      });
      // An output, because CloudFormation shows the text of a custom resource only when it fails.
      const value = resource.getAtt('Found').toString();
      new CfnOutput(Stack.of(this), name, { description: 'What was found and set', value });
      return resource;
    };
    if (logging !== undefined) {
      const { logGroupName, role, content } = logging.plan;
      const properties = { LogGroupName: logGroupName, RoleArn: role.arn, Content: content };
      const resource = setting('InvocationLogging', LOGGING_TYPE, properties);
      for (const destination of logging.after) {
        resource.addResourceDependency(destination);
      }
    }
    if (tagKeys !== undefined) {
      setting('CostAllocationTags', COST_TAGS_TYPE, { TagKeys: tagKeys });
    }
  }
}
