import { z } from 'zod';
import { environmentSchema } from './environment-schema';
import { PRINCIPAL_KINDS } from './principals/principal-schema';
import type { Path } from './problem';

/** The parts of JSON Schema that the environment's schema uses. */
interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly pattern?: string;
  readonly anyOf?: readonly JsonSchema[];
}

const root = z.toJSONSchema(environmentSchema, { target: 'draft-7', io: 'input' }) as JsonSchema;

function step(schema: JsonSchema, key: string | number): readonly JsonSchema[] {
  const children = schema.anyOf?.flatMap((option) => step(option, key)) ?? [];
  const own = typeof key === 'number' ? schema.items : (schema.properties?.[key] ?? schema.additionalProperties);
  return typeof own === 'object' ? [...children, own] : children;
}

function schemasAt(path: Path): readonly JsonSchema[] {
  return path.reduce<readonly JsonSchema[]>((at, key) => at.flatMap((s) => step(s, key)), [root]);
}

/**
 * Lists the keys that the map at `path` may have. The list is empty if any key is allowed.
 *
 * @param map the map at `path`; the kind of a principal decides which other keys it may have
 */
export function keysAt(path: Path, map: Readonly<Record<string, unknown>> = {}): readonly string[] {
  const options = schemasAt(path).flatMap((s) => [s, ...(s.anyOf ?? [])]);
  const keys = options.map((s) => Object.keys(s.properties ?? {}));
  const ofKind = keys.filter((own) => PRINCIPAL_KINDS.some((kind) => own.includes(kind) && kind in map));
  return [...new Set((ofKind.length > 0 && path.includes('principals') ? ofKind : keys).flat())];
}

/** Lists the patterns of the text at `path`, one for each kind of value that has a pattern. */
export function patternsAt(path: Path): readonly RegExp[] {
  return schemasAt(path).flatMap(({ pattern }) => (pattern === undefined ? [] : [new RegExp(pattern, 'u')]));
}
