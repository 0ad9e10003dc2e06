import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { verificationResultSchema } from '../../proof/verification/verification-result';
import { documentSchema } from '../format/document-schema';
import { missingSchema } from '../proof/violation-schema';
import type { verificationDocument } from './verification-document';

const text = z.string();
const texts = z.array(text);
const count = z.int().min(0);
const probe = verificationResultSchema.shape.probes.element;
const settledFact = verificationResultSchema.shape.settled.unwrap().element;

/** What `verify --json` prints. */
export const verificationSchema = schemaOf<ReturnType<typeof verificationDocument>>()(
  documentSchema('verify', {
    environment: text,
    account: text,
    region: text,
    simulated: text,
    verdict: z.enum(['as intended', 'found', 'unfinished']),
    probes: z.array(
      z.strictObject({
        ...probe.shape,
        estimatedUsd: z.number().nullable().describe('US dollars at list price; null where no price is known.'),
      }),
    ),
    settled: z
      .array(
        z.strictObject({
          ...settledFact.shape,
          playedBy: text.optional().describe('What stood in for AWS: such an answer settles nothing.'),
        }),
      )
      .describe('What AWS does not document, asked of this account.'),
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
    mismatches: texts,
    principals: z
      .strictObject({
        principals: z.int(),
        decisions: z.int(),
        findings: z.array(
          z.strictObject({ message: text, principals: texts, actions: texts, missing: missingSchema.optional() }),
        ),
      })
      .optional()
      .describe('Of a verification on this machine: what holds for principals that no probe runs as.'),
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
      .describe('What was injected by --fault, how many probes were tried again, and what remained.'),
    notCreated: texts,
    skipped: z.array(z.strictObject({ application: text, alias: text, probe: text, reason: text })),
  }),
);
