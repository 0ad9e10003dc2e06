import { z } from 'zod';
import { environmentSchema } from './environment-schema';

/** Returns the JSON Schema (draft 7) of an environment file. Editors read it from `schema/environment.schema.json`. */
export function environmentJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    title: 'bedrock-access environment',
    ...z.toJSONSchema(environmentSchema, { target: 'draft-7', io: 'input' }),
  };
}
