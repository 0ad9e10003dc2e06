import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSource } from '../plan/parts/function-plan';
import { bundleOf } from './kept-bundle';

/** Finds the folder of the functions. It is next to `lib/` in a checkout and inside `dist/` in a published package. */
function functionsFolder(): string {
  const candidates = [join(__dirname, '..'), join(__dirname, '..', '..')].map((parent) => join(parent, 'lambda'));
  const folder = candidates.find((candidate) => existsSync(join(candidate, 'verify')));
  if (folder === undefined) {
    throw new Error(`the functions are neither in ${candidates.join(' nor in ')}; install the package again`);
  }
  return folder;
}

/**
 * Writes a function as one file, `index.js`, into `outDirectory`.
 *
 * The same sources give the same bytes in any folder, so that an unchanged function is not deployed again. A published
 * package has no sources and contains the built files.
 */
export function bundleFunction(source: FunctionSource, outDirectory: string): void {
  const folder = join(functionsFolder(), source);
  mkdirSync(outDirectory, { recursive: true });
  const file = join(outDirectory, 'index.js');
  if (existsSync(join(folder, 'handler.ts'))) {
    writeFileSync(file, bundleOf(folder));
  } else {
    copyFileSync(join(folder, 'index.js'), file);
  }
  // The CDK CLI packs the mode too, and Lambda runs the code as another user than its owner.
  chmodSync(file, 0o644);
}
