import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A possible mistake in `lib/plan`. */
const planMutant = z.strictObject({
  /** Description of the mistake. */
  what: z.string(),
  file: z.string().startsWith('lib/plan/'),
  /** Text to replace. The file contains it exactly once. */
  find: z.string(),
  replace: z.string(),
  /** True if the mistake has an effect only when a state machine calls the verification. */
  split: z.literal(true).optional(),
});

const FILE = join(__dirname, 'plan-mutants.json');

export const PLAN_MUTANTS = z.array(planMutant).parse(JSON.parse(readFileSync(FILE, 'utf8')));
