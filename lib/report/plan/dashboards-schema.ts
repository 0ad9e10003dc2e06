import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { documentSchema } from '../format/document-schema';
import type { dashboardsDocument } from './dashboards-document';
import { dashboardSchema } from './watch-schema';

const text = z.string();
const texts = z.array(text);

/** What `dashboards --json` prints. */
export const dashboardsSchema = schemaOf<ReturnType<typeof dashboardsDocument>>()(
  documentSchema('dashboards', {
    environment: text,
    files: texts.describe('What was written.'),
    left: z.int().min(0).describe('Dashboards that are not shown, since they look like the others.'),
    dashboards: z.array(dashboardSchema),
  }),
);
