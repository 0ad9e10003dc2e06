type Schema = Readonly<Record<string, unknown>>;

/** Maximum nesting of an example. Below it a value is `null`, so that a schema that refers to itself ends. */
const MAX_DEPTH = 10;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Follows a local reference such as `#/$defs/Place`. A schema without one is returned unchanged. */
function resolve(schema: Schema, root: Schema): Schema {
  const reference = schema['$ref'];
  if (typeof reference !== 'string' || !reference.startsWith('#/')) {
    return schema;
  }
  const target = reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (isSchema(at) && Object.hasOwn(at, name) ? at[name] : undefined), root);
  return isSchema(target) ? target : {};
}

function count(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, 0), 100) : fallback;
}

function exampleNumber(schema: Schema): number {
  const { minimum, exclusiveMinimum, maximum } = schema;
  if (typeof minimum === 'number') {
    return schema['type'] === 'integer' ? Math.ceil(minimum) : minimum;
  }
  if (typeof exclusiveMinimum === 'number') {
    return Math.floor(exclusiveMinimum) + 1;
  }
  return typeof maximum === 'number' ? Math.floor(Math.min(maximum, 1)) : 1;
}

function exampleObject(schema: Schema, root: Schema, depth: number): unknown {
  const properties = isSchema(schema['properties']) ? schema['properties'] : {};
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const names = required.filter((name) => typeof name === 'string').filter((name) => name !== '__proto__');
  return Object.fromEntries(names.map((name) => [name, example(properties[name], root, depth + 1)]));
}

function example(value: unknown, root: Schema, depth: number): unknown {
  if (!isSchema(value) || depth > MAX_DEPTH) {
    return depth > MAX_DEPTH ? null : 'example';
  }
  const schema = resolve(value, root);
  if ('const' in schema) {
    return schema['const'];
  }
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) {
    return schema['enum'][0];
  }
  for (const union of ['anyOf', 'oneOf', 'allOf']) {
    const members = schema[union];
    if (Array.isArray(members) && members.length > 0) {
      return example(members[0], root, depth + 1);
    }
  }
  if (schema['$ref'] !== undefined) {
    return example(schema, root, depth + 1);
  }
  const type: unknown = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  switch (type) {
    case 'object':
      return exampleObject(schema, root, depth);
    case 'array':
      return Array.from({ length: count(schema['minItems'], 1) }, () => example(schema['items'], root, depth + 1));
    case 'integer':
    case 'number':
      return exampleNumber(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'example'.padEnd(count(schema['minLength'], 0), '-').slice(0, count(schema['maxLength'], 100));
  }
}

/**
 * Builds a value for a JSON Schema: it has the required properties, with their types, constants or first enum values.
 */
export function exampleOfSchema(schema: Schema): unknown {
  return example(schema, schema, 0);
}
