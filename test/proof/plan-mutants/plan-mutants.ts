import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A mistake that somebody could make in `lib/plan`. */
const planMutant = z.strictObject({
  /** What is wrong then. */
  what: z.string(),
  file: z.string().startsWith('lib/plan/'),
  /** The text that is replaced. It stands in the file exactly once. */
  find: z.string(),
  replace: z.string(),
  /** True if it shows only where a state machine has the environment verified. */
  split: z.literal(true).optional(),
});

const FILE = join(__dirname, 'plan-mutants.json');

export const PLAN_MUTANTS = z.array(planMutant).parse(JSON.parse(readFileSync(FILE, 'utf8')));
