/** A JSON or YAML object whose values have not been validated. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** True for an object that is neither a list nor null. */
export function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
