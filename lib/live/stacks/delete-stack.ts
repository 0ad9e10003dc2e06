import type { CloudFormationClient, StackEvent } from '@aws-sdk/client-cloudformation';
import { callAws } from '../aws-failure';
import type { ApplicationStack } from './application-stacks';

/** Outcome of a deletion. */
export type Deletion = { readonly deleted: true } | { readonly deleted: false; readonly why: string };

const POLL_MILLISECONDS = 2_000;
/** Longest time for which a stack may still be described as it was before its deletion began. */
const LAG_MILLISECONDS = 30_000;

/**
 * Deletes a stack and waits until it is gone, or until CloudFormation gives up on it.
 *
 * CloudFormation deletes the resources with the role that it was given when the stack was deployed. The caller
 * therefore needs no other permission to delete than `cloudformation:DeleteStack`.
 *
 * @param interrupted ends the waiting when it resolves; CloudFormation goes on with the deletion
 * @throws AwsFailure when CloudFormation cannot be called
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
    return {
      deleted: false,
      why: `another operation is changing it (${status}); run the command again when that has ended`,
    };
  }
  const began = Date.now();
  await callAws(`delete ${stackName} (cloudformation:DeleteStack)`, () =>
    cloudFormation.send(new DeleteStackCommand({ StackName })),
  );
  let stopped = false;
  const stop = interrupted.then(() => {
    stopped = true;
  });
  for (;;) {
    const { Stacks: [stack] = [] } = await callAws(`look at ${stackName} (cloudformation:DescribeStacks)`, () =>
      cloudFormation.send(new DescribeStacksCommand({ StackName })),
    );
    const now = stack?.StackStatus ?? '';
    if (now === 'DELETE_COMPLETE') {
      return { deleted: true };
    }
    const lagging = !now.startsWith('DELETE_') && Date.now() - began < LAG_MILLISECONDS;
    if (now !== 'DELETE_IN_PROGRESS' && !lagging) {
      return { deleted: false, why: `${now}: ${await readReasons(stackId, cloudFormation)}` };
    }
    if (stopped) {
      return { deleted: false, why: 'the waiting was interrupted; CloudFormation goes on with the deletion' };
    }
    await Promise.race([stop, new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS))]);
  }
}

/** Reads from the stack's events why resources could not be deleted. */
async function readReasons(stackId: string, cloudFormation: CloudFormationClient): Promise<string> {
  const { DescribeStackEventsCommand } =
    require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const { StackEvents = [] } = await callAws('read its events (cloudformation:DescribeStackEvents)', () =>
    cloudFormation.send(new DescribeStackEventsCommand({ StackName: stackId })),
  );
  const failed = StackEvents.filter((e) => e.ResourceStatus === 'DELETE_FAILED' && e.PhysicalResourceId !== stackId);
  return failed.map(sentence).join('; ') || 'its events do not say why';
}

function sentence({ LogicalResourceId, ResourceStatusReason }: StackEvent): string {
  return `${LogicalResourceId}: ${ResourceStatusReason ?? 'no reason given'}`;
}
