import { z } from 'zod';

/** Returns the schema of a document that `document()` builds. */
export function documentSchema<Command extends string, Shape extends z.ZodRawShape>(command: Command, shape: Shape) {
  return z.strictObject({
    schemaVersion: z.literal(1),
    command: z.literal(command),
    exitCode: z.int().min(0).max(3),
    ...shape,
  });
}
