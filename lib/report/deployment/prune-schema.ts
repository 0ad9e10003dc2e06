import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { pruneDocument } from './prune-document';

const text = z.string();
const texts = z.array(text);

const attachment = { what: text, attached: text, command: text };

/** Schema of the document that `prune --json` prints. */
export const pruneSchema = schemaOf<ReturnType<typeof pruneDocument>>()(
  documentSchema('prune', {
    environment: text,
    account: text,
    region: text,
    deployed: z.int().min(0),
    stacks: z.array(
      z.strictObject({
        application: text,
        stackName: text,
        stackId: text,
        status: text,
        changed: text,
        deleted: z.boolean().optional(),
        why: text.optional(),
      }),
    ),
    foreign: texts,
    attachments: z
      .array(z.strictObject({ stackName: text, ...attachment }))
      .describe('What somebody attached by hand. IAM refuses to delete the role or policy until it is detached.'),
    leftBehind: z
      .array(
        z.strictObject({
          role: text,
          attachments: z.array(z.strictObject(attachment)),
          commands: texts.describe('The commands that delete the role, in order.'),
        }),
      )
      .describe('Roles of applications that no stack has any more.'),
  }),
);
