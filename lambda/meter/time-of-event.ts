import { boundedText } from '../../aws/bounded-text';
import { property } from '../../aws/property';

/** When a run was due, in seconds since 1970: as the schedule's event says, else what the clock says. */
export function timeOfEvent(event: unknown, now: () => number): number {
  const time = property(event, 'time');
  if (time === undefined) {
    return now() / 1000;
  }
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(milliseconds)) {
    throw new Error(
      `the event has the time ${boundedText(JSON.stringify(time))}; allowed: a time as EventBridge writes it`,
    );
  }
  return milliseconds / 1000;
}
