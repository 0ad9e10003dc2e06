import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';

/**
 * Calls CloudWatch and retries errors that may pass. Throws if it does not answer: the meter writes no unknown figures.
 */
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
      `no metrics were written, because CloudWatch did not answer ${operation} (attempts: ${attempts}), ${name}: ${message}${remedy}`,
    );
  }
  return ended.value;
}
