import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';

/**
 * Calls CloudWatch and retries errors that may pass. Throws if it does not answer, because nobody may
 * decide by figures that are not known.
 */
export async function askCloudWatch<T>(
  clock: Clock,
  operation: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { ended, attempts } = await retry(clock, work);
  if ('failure' in ended) {
    const { name, message } = ended.failure.error;
    const remedy = name.startsWith('AccessDenied') ? `; allow cloudwatch:${operation}` : '';
    throw new Error(`CloudWatch did not answer ${operation} (attempts: ${attempts}), ${name}: ${message}${remedy}`);
  }
  return ended.value;
}
