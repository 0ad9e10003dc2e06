import { readFileSync } from 'node:fs';
import type Module from 'node:module';
import { join, sep } from 'node:path';
import { transformSync } from '@swc/core';

const ROOT = join(__dirname, '..', '..', '..');

/** Folders of the modules that are loaded again for each mutant, because they may import `lib/plan`. */
const LOADED_ANEW = ['plan', 'proof', 'constructs', 'stacks'].map((folder) => join(ROOT, 'lib', folder) + sep);

/**
 * Source that replaces the bundler. It writes an empty function, because the proof does not read the code of functions.
 */
const NO_BUNDLES = `
  const fs = require('node:fs');
  exports.bundleFunction = (_, folder) => {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(folder + '/index.js', '');
  };
`;

type Compiling = Module & { _compile(code: string, filename: string): void };

const compiled = new Map<string, string>([[join(ROOT, 'lib', 'constructs', 'bundle-function.ts'), NO_BUNDLES]]);
let changed: { readonly path: string; readonly code: string } | undefined;

function compile(source: string): string {
  return transformSync(source, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  }).code;
}

function codeOf(path: string): string {
  const code = changed?.path === path ? changed.code : (compiled.get(path) ?? compile(readFileSync(path, 'utf8')));
  if (changed?.path !== path) {
    compiled.set(path, code);
  }
  return code;
}

require.extensions['.ts'] = (module, filename) => {
  (module as Compiling)._compile(codeOf(filename), filename);
};

/** Loads every module that may import `lib/plan` again, with another source for one file. */
export function loadChanged(file?: string, source?: string) {
  changed = file === undefined || source === undefined ? undefined : { path: join(ROOT, file), code: compile(source) };
  for (const path of Object.keys(require.cache)) {
    if (LOADED_ANEW.some((folder) => path.startsWith(folder))) {
      delete require.cache[path];
    }
  }
  return {
    ...(require('../../../lib/plan/environment/access-plan') as typeof import('../../../lib/plan/environment/access-plan')),
    ...(require('../../../lib/plan/environment/split-plan') as typeof import('../../../lib/plan/environment/split-plan')),
    ...(require('../../../lib/cli/synthesize') as typeof import('../../../lib/cli/synthesize')),
    ...(require('../../../lib/proof/intent/compare-plan-with-file') as typeof import('../../../lib/proof/intent/compare-plan-with-file')),
    ...(require('../../../lib/proof/access/prove-access') as typeof import('../../../lib/proof/access/prove-access')),
  };
}

/** Reads the source of a file and makes one change. The source must contain the text to find exactly once. */
export function changedSource(file: string, find: string, replace: string): string {
  const parts = readFileSync(join(ROOT, file), 'utf8').split(find);
  if (parts.length !== 2) {
    throw new Error(
      `${file} contains the text that a mutant changes ${parts.length - 1} times instead of once: ${find}`,
    );
  }
  return parts.join(replace);
}
