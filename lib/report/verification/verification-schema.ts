import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { verificationResultSchema } from '../../proof/verification/verification-result';
import { documentSchema } from '../format/document-schema';
import { standingsSchema } from '../plan/standing-schema';
import { missingSchema } from '../proof/violation-schema';
import type { verificationDocument } from './verification-document';

const text = z.string();
const texts = z.array(text);
const count = z.int().min(0);
const probe = verificationResultSchema.shape.probes.element;
const settledFact = verificationResultSchema.shape.settled.unwrap().element;

/** Schema of the document that `verify --json` prints. */
export const verificationSchema = schemaOf<ReturnType<typeof verificationDocument>>()(
  documentSchema('verify', {
    environment: text,
    account: text,
    region: text,
    simulated: text,
    code: text.optional().describe('Only with --assembly: which code ran, and that the assembly has the same.'),
    verdict: z.enum(['as intended', 'found', 'unfinished']),
    probes: z.array(
      z.strictObject({
        ...probe.shape,
        estimatedUsd: z.number().nullable().describe('US dollars at list price. Null when the price is not known.'),
      }),
    ),
    settled: z
      .array(
        z.strictObject({
          ...settledFact.shape,
          simulatedBy: text
            .optional()
            .describe('The stand-in for AWS that gave the answer. Its answer does not settle the fact.'),
        }),
      )
      .describe('Facts that AWS does not document, with the answers of this verification.'),
    findings: z.array(
      z.strictObject({
        application: text,
        alias: text,
        generation: text,
        probe: text,
        principal: text,
        expected: text,
        outcome: text,
        deniedAction: text.optional(),
        deniedArn: text.optional(),
        missing: missingSchema.optional(),
        cause: text.optional(),
        remedy: text.optional(),
      }),
    ),
    limits: standingsSchema.optional().describe('The denials that are in force; only without --local.'),
    mismatches: texts,
    trusts: z
      .array(
        z.strictObject({
          application: text,
          role: text,
          kind: text.describe('The kind of principal in the environment file, such as `github`.'),
          outcome: z.enum(['as intended', 'found', 'unfinished', 'skipped']),
          reason: text.optional().describe('Why the trust was not tried.'),
          allowed: count.describe('Tries that had to be allowed and were.'),
          denied: count.describe('Near misses that had to be denied and were.'),
          tries: z.array(
            z.strictObject({
              who: text,
              expected: z.enum(['allowed', 'denied']),
              outcome: z.enum(['allowed', 'denied', 'inconclusive']),
              error: text.optional(),
            }),
          ),
        }),
      )
      .describe(
        'Who could assume each role of an application, by requests to AssumeRole and AssumeRoleWithWebIdentity.',
      ),
    principals: z
      .strictObject({
        principals: z.int(),
        decisions: z.int(),
        findings: z.array(
          z.strictObject({ message: text, principals: texts, actions: texts, missing: missingSchema.optional() }),
        ),
      })
      .optional()
      .describe(
        'Only after a verification on this machine: results for the principals of the file, which no probe runs as.',
      ),
    faults: z
      .strictObject({
        injected: z.array(z.strictObject({ fault: text, does: text, calls: count, injected: count })),
        triedAgain: count,
        remained: z.array(
          z.strictObject({
            application: text,
            alias: text,
            generation: text,
            probe: text,
            outcome: text,
            attempts: z.number().min(0),
            cause: text.optional(),
          }),
        ),
      })
      .optional()
      .describe(
        'The faults that --fault injected, the number of retried probes, and the probes that failed in the end.',
      ),
    skipped: z.array(z.strictObject({ application: text, alias: text, probe: text, reason: text })),
  }),
);
