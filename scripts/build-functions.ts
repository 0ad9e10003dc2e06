/** Builds every function for the package, which does not contain their sources: `npm run build`. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildFunction } from '../lib/constructs/build-function';

const project = join(__dirname, '..');
for (const name of readdirSync(join(project, 'lambda'))) {
  const source = join(project, 'lambda', name);
  if (existsSync(join(source, 'handler.ts'))) {
    buildFunction(source, join(project, 'dist', 'lambda', name));
  }
}
