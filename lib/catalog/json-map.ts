/** An object of JSON or YAML whose values are not known yet. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** Whether a value is such an object: no list, and not null. */
export function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
