import { boundedText } from '../../../aws/bounded-text';
import { parseState } from '../../../lambda/limit/store/limit-state';

/**
 * What the limit function last wrote about an application.
 *
 * `held`: a person denies it until a release. `denied`: its limit denies it. `released`: a person released it, and the
 * dollars of this day deny it no more. `not deployed`: no stack has its limit yet, so nothing can deny it.
 */
export type LimitStanding =
  | { readonly standing: 'held'; readonly reason: string; readonly by: string; readonly since: string }
  | { readonly standing: 'denied'; readonly why: string; readonly since: string }
  | { readonly standing: 'released'; readonly by: string; readonly since: string }
  | { readonly standing: 'not denied' }
  | { readonly standing: 'not deployed' }
  | { readonly standing: 'unreadable'; readonly why: string };

/**
 * Reads the state of an application's limit, as the limit function does. Anything that is not understood is unreadable,
 * and never `not denied`.
 *
 * @param state value of the parameter, or `undefined` if there is none: nothing has happened since the deployment
 * @param today the current day in UTC
 */
export function readStanding(state: string | undefined, today: string): LimitStanding {
  try {
    const { denied, held, released } = state === undefined ? {} : parseState(state, new Date(`${today}T23:58:59Z`));
    if (held !== undefined) {
      return { standing: 'held', reason: shown(held.reason), by: shown(held.by), since: shown(held.at) };
    }
    if (denied !== undefined) {
      return { standing: 'denied', why: shown(denied.why), since: shown(denied.at) };
    }
    return released !== undefined && released.day === today
      ? { standing: 'released', by: shown(released.by), since: shown(released.at) }
      : { standing: 'not denied' };
  } catch (error) {
    const why = error instanceof SyntaxError ? 'the value is not JSON' : shown(String((error as Error).message));
    return { standing: 'unreadable', why };
  }
}

/** Bounds words for a report. The function writes at most 200 characters. */
function shown(words: string): string {
  return boundedText(words, 400);
}
