import { shortCalls } from '../../aws/services/short-calls';
import { type Context, systemClock } from '../../aws/system-clock';
import type { RefusedRequest } from '../custom-resource/answer-stack';
import { isResourceRequest } from '../custom-resource/resource-request';
import { answerRequest } from './answer-request';
import { refusedSchedule } from './scheduled-event';
import { activateTags } from './tags/activate-tags';
import { tagCalls } from './tags/tag-calls';
import { readTagKeys } from './tags/tag-order';

/** A sentence about what the function did. */
interface Outcome {
  readonly reason: string;
}

/**
 * Maintains two settings of the account for which CloudFormation has no resource type: invocation logging and the
 * active cost allocation tags.
 *
 * CloudFormation calls the function for its custom resources, and a schedule calls it every day. AWS Billing lists a
 * tag key only about a day after its first use, so the daily run activates the keys again. What is set comes from the
 * function's variables and from `tag-keys.json`, which is bundled with the code. An event only wakes the function.
 */
export async function handler(event?: unknown, context?: Context): Promise<Outcome | RefusedRequest> {
  const clock = systemClock(context);
  if (isResourceRequest(event)) {
    return answerRequest(event, clock);
  }
  const refused = refusedSchedule(event, { ruleArn: process.env['SCHEDULE_RULE_ARN'] ?? '', now: Date.now() });
  if (refused !== undefined) {
    throw new Error(
      `the event comes neither from CloudFormation, for a custom resource, nor from the schedule: ${refused}`,
    );
  }
  const keys = readTagKeys();
  const requests = shortCalls();
  try {
    const reason = await activateTags(keys, tagCalls(process.env['AWS_REGION'] ?? '', requests), clock);
    console.log(JSON.stringify({ scheduled: true, reason }));
    return { reason };
  } finally {
    requests.destroy();
  }
}
