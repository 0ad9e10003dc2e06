import type { Slots } from '../../../aws/services/bedrock-metrics';
import { type Finding, open } from './finding';

/**
 * Whether a call through a profile is counted under the model's id and the system-defined profile's too.
 *
 * Compared are the time slots alone in which the profile was called: what others call directly at other times says
 * nothing. One call alone decides nothing either: an equal count beside it may be anybody's call.
 *
 * @param others of what else the calls may be counted under, what was counted
 */
export function settleCountedOnce(profile: Slots, others: ReadonlyMap<string, Slots>): Finding {
  const called = [...profile].filter(([, count]) => count > 0);
  if (called.length === 0) {
    return open('no call of the profile is counted yet; metrics come minutes after a call: run it again later');
  }
  if (called.reduce((sum, [, count]) => sum + count, 0) < 2) {
    return open("one call of the profile is counted, and one of something else may be anybody's: run it again later");
  }
  const equal = (slots: Slots): boolean => called.every(([at, count]) => slots.get(at) === count);
  const none = (slots: Slots): boolean => called.every(([at]) => (slots.get(at) ?? 0) === 0);
  const twice = [...others].filter(([, slots]) => equal(slots)).map(([id]) => id);
  const unclear = [...others].filter(([, slots]) => !equal(slots) && !none(slots)).map(([id]) => id);
  if (unclear.length > 0) {
    return open(`${unclear.join(' and ')} is called by others at the same time, so the counts cannot be compared`);
  }
  const metrics = ['Invocations'];
  return twice.length === 0
    ? { settled: true, answer: 'a call through a profile is counted once, under the profile alone', metrics }
    : {
        settled: true,
        answer: `a call through a profile is counted twice: under the profile, and under ${twice.join(' and ')}`,
        metrics,
      };
}
