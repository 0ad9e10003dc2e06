import { z } from 'zod';
import { environmentSchema } from '../../config/environment-schema';
import { schemaOf } from '../../config/schema-of';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';
import { type AccessMatrix, MATRIX_VERSION } from './access-matrix';

const text = z.string();
const texts = z.array(text);

export const matrixCallSchema = z.strictObject({
  application: text,
  alias: text,
  model: text,
  routing: text,
  regions: texts,
  through: text,
  actions: z.array(z.enum(INVOKE_ACTIONS)),
  guardrail: text.exactOptional(),
  decidedBy: texts,
});

export const matrixProfileSchema = z.strictObject({
  application: text,
  alias: text,
  name: text,
  model: text,
  routing: text,
  served: z.boolean(),
});

export const matrixPrincipalSchema = z.strictObject({
  principal: text,
  becomes: texts,
  boundary: text.exactOptional(),
  further: texts.exactOptional(),
  complete: z.boolean(),
  calls: z.array(matrixCallSchema),
});

export const controlValueSchema = z.union([text, z.number(), z.boolean(), z.array(z.union([text, z.number()]))]);

/** Schema of an access matrix file. */
export const matrixSchema = schemaOf<AccessMatrix>()(
  z.strictObject({
    schemaVersion: z.literal(MATRIX_VERSION),
    environment: environmentSchema.shape.name,
    account: environmentSchema.shape.account,
    region: z.string().regex(/^[a-z0-9-]{1,30}$/),
    profiles: z.array(matrixProfileSchema),
    principals: z
      .array(matrixPrincipalSchema)
      .refine((all) => new Set(all.map((p) => p.principal)).size === all.length, 'names a principal twice'),
    budgets: z.record(text, z.number().nonnegative()),
    controls: z.record(text, controlValueSchema),
  }),
);
