import { boundedText } from '../../aws/bounded-text';

/** The run that a caller of the function requests. */
export interface RunOrder {
  /** Names of the applications to verify; `undefined` for all. */
  readonly applications: readonly string[] | undefined;
  /** True for a run by the schedule: a failure then raises the alarm, and nobody reads the answer. */
  readonly scheduled: boolean;
  /** True if a change of policies may still be spreading, so that unexpected answers of IAM are retried. */
  readonly spreading: boolean;
}

const ALLOWED =
  'allowed: nothing, {}, or { "applications": ["NAME", …] } with at least one name; in addition "scheduled": true from the schedule, and "spreading": false if no policy was changed recently';

/**
 * Reads the event of a run. Throws an error for an event of any other form.
 *
 * An empty list is refused, because a verification of no application would look like a success.
 */
export function parseEvent(event: unknown): RunOrder {
  if (event === undefined || event === null) {
    return { applications: undefined, scheduled: false, spreading: true };
  }
  const refuse = (what: string): never => {
    throw new Error(`the event ${what}; ${ALLOWED}`);
  };
  if (typeof event !== 'object' || Array.isArray(event)) {
    return refuse(`is ${boundedText(JSON.stringify(event))}`);
  }
  const { applications, scheduled, spreading, ...others } = event as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(others);
  if (unknown.length > 0) {
    return refuse(`has the unknown keys ${boundedText(unknown.join(', '))}`);
  }
  if (scheduled !== undefined && scheduled !== true) {
    return refuse(`has scheduled ${boundedText(JSON.stringify(scheduled))}`);
  }
  if (spreading !== undefined && spreading !== false) {
    return refuse(`has spreading ${boundedText(JSON.stringify(spreading))}`);
  }
  return applications === undefined || isNames(applications)
    ? { applications, scheduled: scheduled === true, spreading: spreading !== false }
    : refuse(`has the applications ${boundedText(JSON.stringify(applications))}`);
}

function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length > 0 && value.every((name) => typeof name === 'string' && name !== '');
}
