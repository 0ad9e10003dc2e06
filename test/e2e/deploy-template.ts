import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  paginateDescribeStackEvents,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import type { TestAccount } from './emulator/start-account';

/** The result of the deployment of a stack. */
export interface DeployedTemplate {
  readonly status: string;
  /** Reasons of failed resources in this operation, in order. */
  readonly failures: readonly string[];
  /** Physical ids, keyed by logical id. */
  readonly physicalIds: Readonly<Record<string, string>>;
}

/** Creates or updates a stack of these resources through the CloudFormation API, and waits until it is done. */
export async function deployTemplate(
  account: TestAccount,
  StackName: string,
  Resources: Readonly<Record<string, unknown>>,
): Promise<DeployedTemplate> {
  const client = account.connect(CloudFormationClient);
  const started = Date.now();
  const command = {
    StackName,
    TemplateBody: JSON.stringify({ Resources }),
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  };
  const exists = await client.send(new DescribeStacksCommand({ StackName })).catch(() => undefined);
  await client.send(exists === undefined ? new CreateStackCommand(command) : new UpdateStackCommand(command));
  const status = await settled(client, StackName);
  const failures: string[] = [];
  const physicalIds: Record<string, string> = {};
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
    // CloudFormation lists the newest event first.
    for (const event of StackEvents) {
      const { LogicalResourceId = '', PhysicalResourceId = '', ResourceStatus = '', ResourceStatusReason = '' } = event;
      if (ResourceStatus.endsWith('_FAILED') && Number(event.Timestamp) >= started - 1_000) {
        failures.unshift(ResourceStatusReason);
      }
      if (LogicalResourceId !== StackName && PhysicalResourceId !== '') {
        physicalIds[LogicalResourceId] ??= PhysicalResourceId;
      }
    }
  }
  return { status, failures, physicalIds };
}

async function settled(client: CloudFormationClient, StackName: string): Promise<string> {
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    const status = Stacks?.[0]?.StackStatus ?? '';
    if (!status.endsWith('_IN_PROGRESS')) {
      return status;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
