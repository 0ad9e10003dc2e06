/** Writes the published JSON Schemas, from the code that validates or writes the same documents: `npm run schemas`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { schemas } from '../lib/report/schemas';

for (const [name, schema] of Object.entries(schemas())) {
  writeFileSync(join(__dirname, '..', 'schema', name), `${JSON.stringify(schema, null, 2)}\n`);
}
