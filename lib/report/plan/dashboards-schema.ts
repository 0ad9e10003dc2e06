import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { dashboardsDocument } from './dashboards-document';
import { dashboardSchema } from './watch-schema';

const text = z.string();
const texts = z.array(text);

/** Schema of the document that `dashboards --json` prints. */
export const dashboardsSchema = schemaOf<ReturnType<typeof dashboardsDocument>>()(
  documentSchema('dashboards', {
    environment: text,
    files: texts.describe('The files that were written.'),
    choices: z
      .array(z.strictObject({ dashboard: text, label: text, value: text }))
      .describe('The choices of the variable that the files show.'),
    left: z.int().min(0).describe('Number of choices that are left out because they look like those shown.'),
    dashboards: z.array(dashboardSchema),
  }),
);
