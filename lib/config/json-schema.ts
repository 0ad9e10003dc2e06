import { z } from 'zod';
import { environmentSchema } from './environment-schema';

/** JSON Schema (draft 7) of an environment file, for completion in editors; `schema/environment.schema.json` holds it. */
export function environmentJsonSchema(): Readonly<Record<string, unknown>> {
  return {
    title: 'bedrock-access environment',
    ...z.toJSONSchema(environmentSchema, { target: 'draft-7', io: 'input' }),
  };
}
