import { CloudFormationClient, paginateDescribeStackEvents } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, type FilteredLogEvent, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { TestAccount } from './emulator/start-account';

/** Returns the calls of gates so far, from the function's log, such as `Create dev--chat passed`. */
export async function gateCalls(account: TestAccount, environment: string): Promise<readonly string[]> {
  return (await functionLog(account, environment))
    .filter((line) => line.startsWith('{"request"'))
    .map((line) => {
      const { request, stackId, passed } = JSON.parse(line);
      return `${request} ${stackId.split('/')[1]} ${passed ? 'passed' : 'failed'}`;
    });
}

/** Returns all log lines of an environment's verification function, oldest first. */
export async function functionLog(account: TestAccount, environment: string): Promise<readonly string[]> {
  const client = account.connect(CloudWatchLogsClient);
  const logged: FilteredLogEvent[] = [];
  const pages = paginateFilterLogEvents({ client }, { logGroupName: `/aws/lambda/${environment}_verification` });
  for await (const { events = [] } of pages) {
    logged.push(...events);
  }
  // Each instance of the function has its own log stream, and the streams are listed one after the other.
  return logged.toSorted((a, b) => (a.timestamp ?? 0) - (b.timestamp ?? 0)).map(({ message = '' }) => message.trim());
}

/** Returns the reasons in CloudFormation's events for the failed gate of a stack, newest first. */
export async function gateFailures(account: TestAccount, StackName: string): Promise<readonly string[]> {
  const client = account.connect(CloudFormationClient);
  const reasons: string[] = [];
  for await (const { StackEvents = [] } of paginateDescribeStackEvents({ client }, { StackName })) {
    const failed = StackEvents.filter(
      (e) => e.ResourceType === 'Custom::BedrockAccessGate' && e.ResourceStatus?.endsWith('_FAILED'),
    );
    reasons.push(...failed.map((e) => e.ResourceStatusReason ?? ''));
  }
  return reasons;
}
