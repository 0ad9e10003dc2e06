import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import type { Place } from '../../plan/names/names';
import { stackName } from '../../plan/names/physical-name';
import { askingAws } from '../aws-failure';

/** The stack of an application, as it is deployed. */
export interface ApplicationStack {
  readonly application: string;
  readonly stackName: string;
  readonly stackId: string;
  /** Such as `UPDATE_COMPLETE`. */
  readonly status: string;
  /** When it was last created or updated: a date and time of ISO 8601. */
  readonly changed: string;
}

/** Stacks whose names are an environment's. */
export interface EnvironmentStacks {
  /** Sorted by application. */
  readonly applications: readonly ApplicationStack[];
  /** Names of stacks that are called like an application's and do not carry its tag: somebody else's. */
  readonly foreign: readonly string[];
}

/** Stacks of an environment that belong to no application. */
const SHARED = ['Foundation', 'Billing', 'Overview'];

/**
 * The stacks of an environment's applications. A stack is an application's by its name and its tag `BedrockAccess`.
 *
 * @throws AwsFailure
 */
export async function applicationStacks(
  { environment }: Place,
  cloudFormation: CloudFormationClient,
): Promise<EnvironmentStacks> {
  const { paginateDescribeStacks } =
    require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const prefix = stackName(environment, '');
  const named = await askingAws('list the stacks (cloudformation:DescribeStacks)', async () => {
    const found: Stack[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudFormation }, {})) {
      found.push(...Stacks.filter((s) => s.StackName?.startsWith(prefix) && s.StackStatus !== 'DELETE_COMPLETE'));
    }
    return found;
  });
  const nested = named.filter((s) => s.ParentId === undefined);
  const stacks = nested.map((stack) => ({ stack, application: (stack.StackName ?? '').slice(prefix.length) }));
  const own = ({ stack, application }: (typeof stacks)[number]): boolean =>
    stack.Tags?.some(({ Key, Value }) => Key === 'BedrockAccess' && Value === `${environment}/${application}`) === true;
  const others = stacks.filter(({ application }) => !SHARED.includes(application));
  return {
    applications: others.filter(own).map(toApplicationStack).sort(byApplication),
    foreign: others
      .filter((s) => !own(s))
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
