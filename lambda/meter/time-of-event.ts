import { boundedText } from '../../aws/bounded-text';
import { property } from '../../aws/property';

/**
 * Returns the time at which a run was due, in seconds since 1970: the time in the schedule's event, or the current
 * time.
 */
export function timeOfEvent(event: unknown, now: () => number): number {
  const time = property(event, 'time');
  if (time === undefined) {
    return now() / 1000;
  }
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new Error(
      `the event has the time ${boundedText(JSON.stringify(time))}; allowed: a time in the form that EventBridge uses`,
    );
  }
  return milliseconds / 1000;
}
