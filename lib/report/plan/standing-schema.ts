import { z } from 'zod';

const text = z.string();
const application = text.describe('An application with atLimit: deny.');
const since = text.describe('Time in UTC, in ISO 8601.');

/** Schema of what a command found out about the denials that are in force. */
export const standingsSchema = z.union([
  z.strictObject({
    standings: z.array(
      z.union([
        z.strictObject({ application, standing: z.literal('held'), reason: text, by: text, since }),
        z.strictObject({ application, standing: z.literal('denied'), why: text, since }),
        z.strictObject({ application, standing: z.literal('released'), by: text, since }),
        z.strictObject({ application, standing: z.enum(['not denied', 'not deployed']) }),
        z.strictObject({ application, standing: z.literal('unreadable'), why: text }),
      ]),
    ),
  }),
  z.strictObject({ skipped: text.describe('Why the state of the limits was not looked at.') }),
]);
