import { property } from '../../aws/property';

/** What an event of the function's own schedule says. */
export interface OwnSchedule {
  /** ARN of the EventBridge rule. It names the account and the Region too. */
  readonly ruleArn: string;
  /** Current time, in milliseconds since 1970. */
  readonly now: number;
}

/** An event may be this much later than the clock, because two machines may differ, in milliseconds. */
const CLOCK_MILLISECONDS = 60_000;

/** Lambda keeps an event for up to 6 hours, and EventBridge delivers it for up to 24, in milliseconds. */
const OLDEST_MILLISECONDS = 86_400_000;

/**
 * Returns why an event does not come from the function's own schedule, or `undefined` if it may.
 *
 * The form is that of EventBridge (EventBridge User Guide, "Events from scheduled rules", 2026). Whoever may call the
 * function can write such an event too, so it decides nothing but that the function runs once more.
 */
export function refusedSchedule(event: unknown, { ruleArn, now }: OwnSchedule): string | undefined {
  const [, , , region, account] = ruleArn.split(':');
  const expected = { source: 'aws.events', 'detail-type': 'Scheduled Event', account, region };
  for (const [key, value] of Object.entries(expected)) {
    if (property(event, key) !== value) {
      return `the event has another ${key} than the schedule's, ${value}`;
    }
  }
  const resources = property(event, 'resources');
  if (!Array.isArray(resources) || resources.length !== 1 || resources[0] !== ruleArn) {
    return `the event names another rule than ${ruleArn}`;
  }
  const time = property(event, 'time');
  const at = typeof time === 'string' ? Date.parse(time) : Number.NaN;
  if (Number.isNaN(at)) {
    return 'the event has no time in the form that EventBridge uses';
  }
  if (at > now + CLOCK_MILLISECONDS) {
    return 'the time of the event is later than the clock';
  }
  return at < now - OLDEST_MILLISECONDS ? 'the event is older than a day' : undefined;
}
