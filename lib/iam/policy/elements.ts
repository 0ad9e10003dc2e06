/** The elements of a JSON object, or `undefined` for anything else. A `Map`, so that no name is inherited. */
export function elements(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value))
    : undefined;
}
