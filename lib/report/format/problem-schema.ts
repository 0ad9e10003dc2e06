import { z } from 'zod';
import type { LocatedProblem } from '../../config/problem';
import { schemaOf } from '../../config/schema-of';

const text = z.string();

export const problemSchema = schemaOf<LocatedProblem>()(
  z.strictObject({
    file: text,
    line: z.int().min(1),
    column: z.int().min(1),
    length: z.int().min(1),
    source: text,
    path: text,
    severity: z.enum(['error', 'warning']),
    message: text.min(1),
  }),
);
