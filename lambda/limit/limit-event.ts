import { boundedText } from '../../aws/bounded-text';
import { printable } from '../../aws/printable';
import { property } from '../../aws/property';
import type { LimitSettings } from './settings';

/** The order in an event that does not come from CloudFormation. */
export type LimitOrder =
  | { readonly order: 'look' }
  | { readonly order: 'look at one'; readonly alarmArn: string }
  | { readonly order: 'release'; readonly application: string; readonly by: string }
  | { readonly order: 'deny'; readonly application: string; readonly reason: string; readonly by: string };

/** Thrown for an event that the function does not accept. */
export class RefusedEvent extends Error {
  override readonly name = 'RefusedEvent';
}

const ALLOWED =
  'allowed: an event of an alarm on the daily dollars of an application, { "scheduled": true } from the schedule, { "release": "APPLICATION", "by": "WHO" }, and { "deny": "APPLICATION", "reason": "TEXT", "by": "WHO" }';

/** Maximum length of a reason and of a name of a person, in characters. */
export const MAX_WORDS = 200;

/**
 * Reads the order in an event. Throws a `RefusedEvent` for an event of any other form.
 *
 * An alarm's event says nothing but that the function should look at its application: state, metric, dimensions and
 * times in it are not read, because anybody who may set an alarm can write them.
 */
export function parseLimitEvent(
  event: unknown,
  { account, region, partition }: Pick<LimitSettings, 'account' | 'region' | 'partition'>,
): LimitOrder {
  if (property(event, 'source') === 'aws.cloudwatch') {
    const alarmArn = property(event, 'alarmArn');
    const own = `arn:${partition}:cloudwatch:${region}:${account}:alarm:`;
    if (
      typeof alarmArn !== 'string' ||
      !alarmArn.startsWith(own) ||
      property(event, 'accountId') !== account ||
      property(event, 'region') !== region
    ) {
      throw new RefusedEvent(
        `the alarm ${boundedText(printable(String(alarmArn)))} is not one of ${account} in ${region}; ${ALLOWED}`,
      );
    }
    return { order: 'look at one', alarmArn };
  }
  const keys = Object.keys(typeof event === 'object' && event !== null ? event : {})
    .sort()
    .join();
  const word = (key: string): string => {
    const value = property(event, key);
    return typeof value === 'string' ? boundedText(printable(value), MAX_WORDS) : '';
  };
  if (keys === 'scheduled' && property(event, 'scheduled') === true) {
    return { order: 'look' };
  }
  const by = word('by');
  const [release, denied, reason] = ['release', 'deny', 'reason'].map(word);
  if (keys === 'by,release' && release && by) {
    return { order: 'release', application: release, by };
  }
  if (keys === 'by,deny,reason' && denied && reason && by) {
    return { order: 'deny', application: denied, reason, by };
  }
  throw new RefusedEvent(`the event is ${boundedText(printable(JSON.stringify(event) ?? 'undefined'))}; ${ALLOWED}`);
}
