import type { CloudFormationClient, StackEvent } from '@aws-sdk/client-cloudformation';
import { askingAws } from '../aws-failure';
import type { ApplicationStack } from './application-stacks';

/** How a deletion ended. */
export type Deletion = { readonly deleted: true } | { readonly deleted: false; readonly why: string };

const POLL_MILLISECONDS = 2_000;
/** For so long a stack may still be described as it was before its deletion began. */
const LAG_MILLISECONDS = 30_000;

/**
 * Deletes a stack and waits until it is gone, or until CloudFormation gives up on it.
 *
 * CloudFormation deletes with the role that it was given when the stack was deployed, so of rights to delete the caller needs
 * `cloudformation:DeleteStack` alone.
 *
 * @param interrupted ends the waiting; CloudFormation goes on
 * @throws AwsFailure
 */
export async function deleteStack(
  { stackId, stackName, status }: ApplicationStack,
  cloudFormation: CloudFormationClient,
  interrupted: Promise<void>,
): Promise<Deletion> {
  const { DeleteStackCommand, DescribeStacksCommand } =
    require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const StackName = stackId;
  if (status.endsWith('_IN_PROGRESS') && status !== 'DELETE_IN_PROGRESS') {
    return { deleted: false, why: `somebody changes it at this moment (${status}); run the command again after that` };
  }
  const began = Date.now();
  await askingAws(`delete ${stackName} (cloudformation:DeleteStack)`, () =>
    cloudFormation.send(new DeleteStackCommand({ StackName })),
  );
  let stopped = false;
  const stop = interrupted.then(() => {
    stopped = true;
  });
  for (;;) {
    const { Stacks: [stack] = [] } = await askingAws(`look at ${stackName} (cloudformation:DescribeStacks)`, () =>
      cloudFormation.send(new DescribeStacksCommand({ StackName })),
    );
    const now = stack?.StackStatus ?? '';
    if (now === 'DELETE_COMPLETE') {
      return { deleted: true };
    }
    const lagging = !now.startsWith('DELETE_') && Date.now() - began < LAG_MILLISECONDS;
    if (now !== 'DELETE_IN_PROGRESS' && !lagging) {
      return { deleted: false, why: `${now}: ${await reasons(stackId, cloudFormation)}` };
    }
    if (stopped) {
      return { deleted: false, why: 'no longer waited for; CloudFormation goes on deleting it' };
    }
    await Promise.race([stop, new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))]);
  }
}

/** What the events say of the resources that could not be deleted. */
async function reasons(stackId: string, cloudFormation: CloudFormationClient): Promise<string> {
  const { DescribeStackEventsCommand } =
    require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const { StackEvents = [] } = await askingAws('read its events (cloudformation:DescribeStackEvents)', () =>
    cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackId })),
  );
  const failed = StackEvents.filter((e) => e.ResourceStatus === 'DELETE_FAILED' && e.PhysicalResourceId !== stackId);
  return failed.map(sentence).join('; ') || 'its events do not say why';
}

function sentence({ LogicalResourceId, ResourceStatusReason }: StackEvent): string {
  return `${LogicalResourceId}: ${ResourceStatusReason ?? 'no reason'}`;
}
