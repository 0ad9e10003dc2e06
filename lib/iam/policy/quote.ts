const MAX_LENGTH = 200;

/** Formats a value of a policy for a message: quoted, without nested values, and cut after 200 characters. */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    const text = JSON.stringify(value.slice(0, MAX_LENGTH)).slice(1, -1);
    return value.length > MAX_LENGTH ? `'${text}…'` : `'${text}'`;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
