import { z } from 'zod';
import { environmentSchema } from './environment-schema';
import type { Path } from './problem';

/** The parts of JSON Schema that the environment's schema uses. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

const root = z.toJSONSchema(environmentSchema, { target: 'draft-7', io: 'input' }) as JsonSchema;

function step(schema: JsonSchema, key: string | number): readonly JsonSchema[] {
  const children = schema.anyOf?.flatMap((option) => step(option, key)) ?? [];
  const own = typeof key === 'number' ? schema.items : (schema.properties?.[key] ?? schema.additionalProperties);
  return typeof own === 'object' ? [...children, own] : children;
}

/** The keys that the map at `path` may have; empty where any key may stand. */
export function keysAt(path: Path): readonly string[] {
  const schemas = path.reduce<readonly JsonSchema[]>((at, key) => at.flatMap((s) => step(s, key)), [root]);
  const options = schemas.flatMap((s) => [s, ...(s.anyOf ?? [])]);
  return [...new Set(options.flatMap((s) => Object.keys(s.properties ?? {})))];
}
