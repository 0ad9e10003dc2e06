import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** The function's folder: beside `lib/` in a checkout, inside `dist/` in a published package. */
function functionFolder(): string {
  const above = [join(__dirname, '..'), join(__dirname, '..', '..')].map((folder) => join(folder, 'lambda', 'verify'));
  const found = above.find(existsSync);
  if (found === undefined) {
    throw new Error(`the verification function is neither in ${above.join(' nor in ')}; install the package again`);
  }
  return found;
}

/**
 * Writes the verification function as one file, `index.js`, into `outDirectory`.
 *
 * The same sources give the same bytes wherever they lie, so that an unchanged function is not deployed again. A
 * published package has no sources and carries the file already built.
 */
export function bundleVerification(outDirectory: string): void {
  const folder = functionFolder();
  if (existsSync(join(folder, 'handler.ts'))) {
    // Only a checkout builds, and has what it takes.
    const { buildVerification } = require('./build-verification') as typeof import('./build-verification');
    buildVerification(folder, outDirectory);
  } else {
    mkdirSync(outDirectory, { recursive: true });
    copyFileSync(join(folder, 'index.js'), join(outDirectory, 'index.js'));
  }
}
