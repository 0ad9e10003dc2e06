/** Returns the elements of a JSON object, or `undefined` for any other value. A `Map` has no inherited names. */
export function elements(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value))
    : undefined;
}
