import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionSource } from '../plan/parts/function-plan';
import { bundleOf } from './kept-bundle';

/** The folder of the functions: beside `lib/` in a checkout, inside `dist/` in a published package. */
function functionsFolder(): string {
  const above = [join(__dirname, '..'), join(__dirname, '..', '..')].map((folder) => join(folder, 'lambda'));
  const found = above.find((folder) => existsSync(join(folder, 'verify')));
  if (found === undefined) {
    throw new Error(`the functions are neither in ${above.join(' nor in ')}; install the package again`);
  }
  return found;
}

/**
 * Writes a function as one file, `index.js`, into `outDirectory`.
 *
 * The same sources give the same bytes wherever they lie, so that an unchanged function is not deployed again. A
 * published package has no sources and carries the files already built.
 */
export function bundleFunction(source: FunctionSource, outDirectory: string): void {
  const folder = join(functionsFolder(), source);
  mkdirSync(outDirectory, { recursive: true });
  if (existsSync(join(folder, 'handler.ts'))) {
    writeFileSync(join(outDirectory, 'index.js'), bundleOf(folder));
  } else {
    copyFileSync(join(folder, 'index.js'), join(outDirectory, 'index.js'));
  }
}
