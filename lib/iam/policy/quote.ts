const LONGEST = 200;

/** A value of a policy as a message shows it: never deep and never long. */
export function quote(value: unknown): string {
  if (typeof value === 'string') {
    const text = JSON.stringify(value.slice(0, LONGEST)).slice(1, -1);
    return value.length > LONGEST ? `'${text}…'` : `'${text}'`;
  }
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
