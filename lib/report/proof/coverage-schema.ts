import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import type { Coverage } from '../../proof/finding/proof';

const count = z.int().min(0);

/** Schema of the counts of everything that a proof examined. */
export const coverageSchema = schemaOf<Coverage>()(
  z.strictObject({
    principals: count,
    plannedPrincipals: count,
    existing: count,
    plannedExisting: count,
    profiles: count,
    plannedProfiles: count,
    boundaries: count,
    trustPolicies: count,
    denials: count,
    plannedDenials: count,
    understood: count,
    statements: count,
    classes: count,
    decisions: count,
    allowed: count,
    denied: count,
    calls: count,
    refused: count,
    skipped: z.array(z.string()),
  }),
);
