import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { type Place, stackName } from '../../plan/names/names';
import { callAws } from '../aws-failure';

/** Deployed stack of an application. */
export interface ApplicationStack {
  readonly application: string;
  readonly stackName: string;
  readonly stackId: string;
  /** Status of the stack, such as `UPDATE_COMPLETE`. */
  readonly status: string;
  /** Time of the last update, or of the creation if there was none, in ISO 8601. */
  readonly changed: string;
}

/** Stacks whose names begin like those of an environment's applications. */
export interface EnvironmentStacks {
  /** Sorted by application. */
  readonly applications: readonly ApplicationStack[];
  /** Names of the stacks without the tag of an application. They belong to somebody else. */
  readonly foreign: readonly string[];
}

/** Matches the last part of the name of an environment's own stack, such as `Billing-2`. No application's is like it. */
const SHARED = /^[A-Z]/;

/**
 * Lists the stacks of an environment's applications. A stack belongs to an application when its name and its tag
 * `BedrockAccess` both say so.
 *
 * @throws AwsFailure when CloudFormation cannot be called
 */
export async function applicationStacks(
  { environment }: Place,
  cloudFormation: CloudFormationClient,
): Promise<EnvironmentStacks> {
  const { paginateDescribeStacks } =
    require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const prefix = stackName(environment, '');
  const named = await callAws('list the stacks (cloudformation:DescribeStacks)', async () => {
    const stacks: Stack[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudFormation }, {})) {
      stacks.push(...Stacks.filter((s) => s.StackName?.startsWith(prefix) && s.StackStatus !== 'DELETE_COMPLETE'));
    }
    return stacks;
  });
  const roots = named.filter((s) => s.ParentId === undefined);
  const candidates = roots.map((stack) => ({ stack, application: (stack.StackName ?? '').slice(prefix.length) }));
  const isOwn = ({ stack, application }: (typeof candidates)[number]): boolean =>
    stack.Tags?.some(({ Key, Value }) => Key === 'BedrockAccess' && Value === `${environment}/${application}`) === true;
  const unshared = candidates.filter(({ application }) => !SHARED.test(application));
  return {
    applications: unshared.filter(isOwn).map(toApplicationStack).sort(byApplication),
    foreign: unshared
      .filter((s) => !isOwn(s))
      .map(({ stack }) => stack.StackName ?? '')
      .sort(),
  };
}

function toApplicationStack({ stack, application }: { readonly stack: Stack; readonly application: string }) {
  const { StackName = '', StackId = '', StackStatus = '', LastUpdatedTime, CreationTime } = stack;
  const changed = (LastUpdatedTime ?? CreationTime)?.toISOString() ?? '';
  return { application, stackName: StackName, stackId: StackId, status: StackStatus, changed };
}

function byApplication(a: ApplicationStack, b: ApplicationStack): number {
  return a.application < b.application ? -1 : 1;
}
