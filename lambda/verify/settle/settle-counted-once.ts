import type { Slots } from '../../../aws/services/bedrock-metrics';
import { type Finding, unsettled } from './finding';

/**
 * Settles whether a call through a profile is also counted under the ids of the model and of the system-defined
 * profile.
 *
 * Only the time slots in which the profile was called are compared, because direct calls at other times show nothing. A
 * single call settles nothing either: an equal count under another id may come from another caller.
 *
 * @param others counts under the other ids that the calls may be counted under
 */
export function settleCountedOnce(profile: Slots, others: ReadonlyMap<string, Slots>): Finding {
  const called = [...profile].filter(([, count]) => count > 0);
  if (called.length === 0) {
    return unsettled('no call of the profile is counted yet; metrics appear minutes after a call: verify again later');
  }
  if (called.reduce((sum, [, count]) => sum + count, 0) < 2) {
    return unsettled(
      'only one call of the profile is counted, so an equal count may come from another caller: verify again later',
    );
  }
  const equal = (slots: Slots): boolean => called.every(([at, count]) => slots.get(at) === count);
  const none = (slots: Slots): boolean => called.every(([at]) => (slots.get(at) ?? 0) === 0);
  const twice = [...others].filter(([, slots]) => equal(slots)).map(([id]) => id);
  const unclear = [...others].filter(([, slots]) => !equal(slots) && !none(slots)).map(([id]) => id);
  if (unclear.length > 0) {
    return unsettled(`others call ${unclear.join(' and ')} at the same time, so the counts cannot be compared`);
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
