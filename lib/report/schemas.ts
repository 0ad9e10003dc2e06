import { z } from 'zod';
import { environmentJsonSchema } from '../config/json-schema';
import { matrixSchema } from '../proof/matrix/matrix-schema';
import { documents } from './documents';

/** Every JSON Schema (draft 7) that ships, by its file's name in `schema/`. */
export function schemas(): Readonly<Record<string, unknown>> {
  const outputs = Object.entries(documents).map(([name, schema]) => [
    `${name}-output.schema.json`,
    { title: `bedrock-access ${name} --json`, ...z.toJSONSchema(schema, { target: 'draft-7' }) },
  ]);
  const matrix = { title: 'access/ENVIRONMENT.json', ...z.toJSONSchema(matrixSchema, { target: 'draft-7' }) };
  return {
    'environment.schema.json': environmentJsonSchema(),
    'access-matrix.schema.json': matrix,
    ...Object.fromEntries(outputs),
  };
}
