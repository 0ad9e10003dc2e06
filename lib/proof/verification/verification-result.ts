import { z } from 'zod';
import {
  FACTS,
  OUTCOMES,
  PROBES,
  type ProbeResult,
  type SettledFact,
  type VerificationResult,
} from '../../../lambda/verify/result';
import { schemaOf } from '../../config/schema-of';

const count = z.number().nonnegative();

/** Schema of the verification function's answer, which is checked like any input from outside. */
export const verificationResultSchema = schemaOf<VerificationResult>()(
  z.object({
    schemaVersion: z.literal(1),
    environment: z.string(),
    region: z.string(),
    milliseconds: count,
    probes: z.array(
      z.object({
        application: z.string(),
        alias: z.string(),
        generation: z.string(),
        modelId: z.string(),
        routing: z.string(),
        probe: z.enum(PROBES),
        expected: z.enum(['allowed', 'denied']),
        outcome: z.enum(OUTCOMES),
        asIntended: z.boolean(),
        principal: z.string(),
        target: z.string(),
        inputTokens: count.optional(),
        outputTokens: count.optional(),
        cacheReadTokens: count.optional(),
        cacheWriteTokens: count.optional(),
        vectorLength: count.optional(),
        calledRegion: z.string().optional(),
        milliseconds: count,
        firstTokenMilliseconds: count.optional(),
        attempts: count,
        requestId: z.string().optional(),
        error: z.object({ name: z.string(), status: z.number().optional(), message: z.string() }).optional(),
        deniedAction: z.string().optional(),
        deniedArn: z.string().optional(),
        cause: z.string().optional(),
        remedy: z.string().optional(),
        passes: z.literal(true).optional(),
        byCatalog: z.literal(true).optional(),
      }),
    ),
    settled: z
      .array(
        z.object({
          fact: z.enum(FACTS),
          application: z.string(),
          alias: z.string(),
          routing: z.string().optional(),
          settled: z.boolean(),
          answer: z.string(),
          requestId: z.string().optional(),
          deniedArn: z.string().optional(),
          metrics: z.array(z.string()).optional(),
        }),
      )
      .optional(),
    shortened: z.string().optional(),
  }),
);

/**
 * Reads the answer of the verification function.
 *
 * @throws Error when the answer does not have the form that this version of the function returns
 */
export function readVerificationResult(answer: unknown): VerificationResult {
  const parsed = verificationResultSchema.safeParse(answer);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `this version does not understand the answer of the verification function: ${issue?.path.join('.')} ${issue?.message}`,
    );
  }
  return parsed.data as VerificationResult;
}

export type { ProbeResult, SettledFact, VerificationResult };
