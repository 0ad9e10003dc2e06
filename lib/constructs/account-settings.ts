import { CfnOutput, CfnResource, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { COST_TAGS_TYPE, LOGGING_TYPE } from '../catalog/account-setting-types';
import type { LoggingPlan } from '../plan/environment/logging-plan';

export interface AccountSettingsProps {
  /** The function that sets them. Its ARN is that of a resource of this stack: it goes after what it sets. */
  readonly lambda: CfnResource;
  /**
   * Where calls are logged, and what has to be there before.
   *
   * @default - the setting is left as it is
   */
  readonly logging?: { readonly plan: LoggingPlan; readonly after: readonly CfnResource[] };
  /**
   * Tag keys to activate for billing.
   *
   * @default - they are left as they are
   */
  readonly tagKeys?: readonly string[];
}

/** The function ends after 180 s and keeps time to answer; CloudFormation waits a little longer. */
const SERVICE_TIMEOUT_SECONDS = 240;

/** Settings of the account that CloudFormation has no type for: a function sets them. */
export class AccountSettings extends Construct {
  constructor(scope: Construct, id: string, { lambda, logging, tagKeys }: AccountSettingsProps) {
    super(scope, id);
    const setting = (name: string, type: string, properties: object): CfnResource => {
      const resource = new CfnResource(this, name, {
        type,
        properties: { ServiceToken: lambda.getAtt('Arn'), ServiceTimeout: SERVICE_TIMEOUT_SECONDS, ...properties },
      });
      // CloudFormation shows the reason of a failure alone.
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
