import type { Clock } from '../../aws/clock';
import type { CloudWatch } from '../../aws/services/cloudwatch';
import { runsOf, startsOf, succeeded } from './aws-counts';
import { WINDOW_SECONDS, windowOf } from './documents';
import type { Settings } from './settings';

const HOUR_SECONDS = 3_600;

/** Period before the deadline in which runs of the meter are looked up, in seconds. */
const BEFORE_SECONDS = 14 * 86_400;

/**
 * Returns true if the schedule has not started the verification within its interval and one more hour. AWS counts the
 * starts, so nobody can pretend one.
 *
 * Returns false if the meter itself has not been running for that long, because the environment may be new then.
 */
export async function verificationOverdue(
  cloudWatch: CloudWatch,
  clock: Clock,
  { functionName, verificationRule, everyHours }: Settings,
  now: number,
): Promise<boolean> {
  const due = windowOf(now - (everyHours + 1) * HOUR_SECONDS);
  const hour = Math.floor(due / HOUR_SECONDS) * HOUR_SECONDS;
  const [starts, runs] = await Promise.all([
    succeeded(cloudWatch, clock, { start: due, end: now, slotSeconds: WINDOW_SECONDS }, startsOf(verificationRule)),
    succeeded(
      cloudWatch,
      clock,
      { start: hour - BEFORE_SECONDS, end: hour, slotSeconds: HOUR_SECONDS },
      runsOf(functionName),
    ),
  ]);
  return runs > 0 && starts <= 0;
}
