/** Reads a property of a value from outside. Returns `undefined` for a value that is not an object or lacks it. */
export function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
