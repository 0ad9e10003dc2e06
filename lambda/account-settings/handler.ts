import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { property } from '../../aws/property';
import { shortCalls } from '../../aws/services/short-calls';
import { type Context, systemClock } from '../../aws/system-clock';
import { isResourceRequest } from '../custom-resource/resource-request';
import { answerRequest } from './answer-request';
import { activateTags } from './tags/activate-tags';
import { tagCalls } from './tags/tag-calls';
import { parseTagKeys } from './tags/tag-order';

/** A sentence about what the function did. */
interface Outcome {
  readonly reason: string;
}

/**
 * Maintains two settings of the account for which CloudFormation has no resource type: invocation logging and the
 * active cost allocation tags.
 *
 * CloudFormation calls the function for its custom resources, and a schedule calls it every day. AWS Billing lists a
 * tag key only about a day after its first use, so the daily run activates the keys of `tag-keys.json`, which is
 * bundled with the code.
 */
export async function handler(event?: unknown, context?: Context): Promise<Outcome> {
  const clock = systemClock(context);
  if (isResourceRequest(event)) {
    return answerRequest(event, clock);
  }
  if (property(event, 'source') !== 'aws.events') {
    throw new Error('the event comes neither from CloudFormation, for a custom resource, nor from the schedule');
  }
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? __dirname, 'tag-keys.json');
  const keys = parseTagKeys(JSON.parse(readFileSync(file, 'utf8')));
  const requests = shortCalls();
  try {
    const reason = await activateTags(keys, tagCalls(process.env['AWS_REGION'] ?? '', requests), clock);
    console.log(JSON.stringify({ scheduled: true, reason }));
    return { reason };
  } finally {
    requests.destroy();
  }
}
