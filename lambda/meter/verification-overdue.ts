import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { ownSeries } from './own-series';
import { readSeries } from './read-series';
import type { Settings } from './settings';
import { WINDOW_SECONDS } from './windows';

const HOUR_SECONDS = 3_600;

/** Period before the deadline in which runs of the meter are looked up, in seconds. */
const BEFORE_SECONDS = 14 * 86_400;

/**
 * Returns true if no scheduled verification ran within its interval and one more hour.
 *
 * Returns false if the meter itself has not been running for that long, because it cannot know then.
 */
export async function verificationOverdue(
  cloudWatch: CloudWatch,
  clock: Clock,
  { environment, everyHours }: Settings,
  end: number,
): Promise<boolean> {
  const due = end - (everyHours + 1) * HOUR_SECONDS;
  const hour = Math.floor(due / HOUR_SECONDS) * HOUR_SECONDS;
  let verified = false;
  let metered = false;
  const Environment = environment;
  const runs = ownSeries('ScheduledRunFailed', { Environment }, 'SampleCount', (_, count) => {
    verified ||= count > 0;
  });
  const meter = ownSeries('MeterRan', { Environment }, 'SampleCount', (_, count) => {
    metered ||= count > 0;
  });
  await Promise.all([
    readSeries(cloudWatch, clock, { start: due, end: end + 2 * WINDOW_SECONDS, slotSeconds: WINDOW_SECONDS }, [runs]),
    readSeries(cloudWatch, clock, { start: hour - BEFORE_SECONDS, end: hour, slotSeconds: HOUR_SECONDS }, [meter]),
  ]);
  return metered && !verified;
}
