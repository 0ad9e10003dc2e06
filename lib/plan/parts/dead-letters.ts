import { regionalArn } from '../../catalog/arn';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';

/** A queue of SQS, encrypted with the service's own key. */
export interface QueuePlan {
  readonly name: string;
  readonly arn: string;
  readonly retentionSeconds: number;
}

/** SQS keeps a message for at most 14 days (SQS Developer Guide, "Amazon SQS message quotas", 2026). */
const RETENTION_SECONDS = 14 * 86_400;

/** Decides the queue that receives the asynchronous events which a function could not handle, with the error. */
export function planDeadLetters(place: Place): QueuePlan {
  const name = physicalName([place.environment, 'dead-letters']);
  return { name, arn: regionalArn(place, 'sqs', name), retentionSeconds: RETENTION_SECONDS };
}
