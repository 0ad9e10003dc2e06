import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';

/** Asks CloudWatch once more where that may help; throws where it does not answer: what is not known is not written. */
export async function askCloudWatch<T>(
  clock: Clock,
  operation: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { ended, attempts } = await retry(clock, work);
  if ('failure' in ended) {
    const { name, message } = ended.failure.error;
    const remedy = name.startsWith('AccessDenied') ? `; allow the function cloudwatch:${operation}` : '';
    throw new Error(
      `nothing is written, since CloudWatch did not answer ${operation} (attempts: ${attempts}), ${name}: ${message}${remedy}`,
    );
  }
  return ended.value;
}
