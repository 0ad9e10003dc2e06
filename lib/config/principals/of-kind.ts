import { z } from 'zod';

/**
 * Reads a principal of one kind. The result has the property `kind`; in the file, only the key of the principal shows
 * its kind.
 */
export function ofKind<const K extends string, const S extends Readonly<Record<string, z.ZodType>>>(kind: K, shape: S) {
  return z.strictObject(shape).transform((principal) => ({ kind, ...principal }));
}
