import { boundedText } from './bounded-text';

const ALLOWED = 'allowed: nothing, {}, or { "applications": ["NAME", …] } with at least one name';

/**
 * The names of the applications to verify, or `undefined` for all; throws for any other shape.
 *
 * An empty list is refused, since a verification of nothing would look like one that found nothing wrong.
 */
export function parseEvent(event: unknown): readonly string[] | undefined {
  if (event === undefined || event === null) {
    return undefined;
  }
  const refuse = (what: string): never => {
    throw new Error(`the event ${what}; ${ALLOWED}`);
  };
  if (typeof event !== 'object' || Array.isArray(event)) {
    return refuse(`is ${boundedText(JSON.stringify(event))}`);
  }
  const unknown = Object.keys(event).filter((key) => key !== 'applications');
  if (unknown.length > 0) {
    return refuse(`has the unknown keys ${boundedText(unknown.join(', '))}`);
  }
  const applications: unknown = 'applications' in event ? event.applications : undefined;
  if (applications === undefined) {
    return undefined;
  }
  const isName = (name: unknown): name is string => typeof name === 'string' && name !== '';
  return Array.isArray(applications) && applications.length > 0 && applications.every(isName)
    ? applications
    : refuse(`has the applications ${boundedText(JSON.stringify(applications))}`);
}
