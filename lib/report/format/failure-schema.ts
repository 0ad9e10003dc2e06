import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import type { failureDocument } from './failure-document';
import { problemSchema } from './problem-schema';

const text = z.string();

/** Schema of the document that any command prints with `--json` when it cannot do its work. */
export const failureSchema = schemaOf<ReturnType<typeof failureDocument>>()(
  z.strictObject({
    schemaVersion: z.literal(1),
    command: text,
    exitCode: z.union([z.literal(2), z.literal(3)]),
    error: z.strictObject({ message: text }),
    problems: z.array(problemSchema).optional(),
  }),
);
