import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes a folder for the assemblies of this run; a later run in the same process, of changed sources, has its own. */
// biome-ignore lint/style/noDefaultExport: jest calls the default export of its globalSetup.
export default function shareAssemblies(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
  process.env['SHARED_ASSEMBLIES'] = folder;
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
}
