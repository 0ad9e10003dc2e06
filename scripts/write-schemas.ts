/** Writes the JSON Schemas that ship, from the sources that check the same files: `npm run schemas`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentJsonSchema } from '../lib/config/json-schema';

writeFileSync(
  join(__dirname, '..', 'schema', 'environment.schema.json'),
  `${JSON.stringify(environmentJsonSchema(), null, 2)}\n`,
);
