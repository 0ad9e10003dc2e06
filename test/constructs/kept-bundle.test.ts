import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundleOf } from '../../lib/constructs/kept-bundle';

const root = mkdtempSync(join(tmpdir(), 'kept-bundle-'));
afterAll(() => rmSync(root, { recursive: true }));

const PROJECT = {
  'package.json': '{}',
  'lambda/tiny/handler.ts': "import { word } from '../../aws/word';\nexport const handler = () => word;\n",
  'aws/word.ts': "import { packaged } from 'packaged';\nexport const word: string = packaged;\n",
  'aws/word.js': "export const word = 'the other file';\n",
  'node_modules/packaged/index.js': "export const packaged = 'the package';\n",
  'node_modules/.package-lock.json': '{}',
};

interface Project {
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  readonly kept: string;
  readonly bundle: () => string;
}

/** Writes a project with one function that imports a file, which imports a package. */
function project(name: string, files: Readonly<Record<string, string>> = PROJECT): Project {
  const folder = join(root, name);
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) {
    write(file, text);
  }
  const kept = join(folder, 'node_modules', '.cache', 'bedrock-access', 'tiny.json');
  return { folder, write, kept, bundle: () => bundleOf(join(folder, 'lambda', 'tiny')) };
}

/** Bundles once and marks the kept code, so that a test can see whether it is used again. */
function bundleAndMark({ bundle, kept }: Project): void {
  expect(bundle()).toContain('the package');
  writeFileSync(kept, JSON.stringify({ ...JSON.parse(readFileSync(kept, 'utf8')), code: 'the kept code' }));
}

const unchanged = project('unchanged');
const gone = project('gone');
const half = project('half');
const { 'node_modules/.package-lock.json': _, ...notListed } = PROJECT;
const unkept = [
  ['node_modules cannot be written to', project('read-only', { ...PROJECT, 'node_modules/.cache': 'no folder' })],
  ['node_modules has no list of its packages', project('not-listed', notListed)],
] as const;
const changes = [
  ['a source', 'lambda/tiny/handler.ts', "export const handler = () => 'changed';", 'changed'],
  ['a file that a source imports', 'aws/word.ts', "export const word = 'changed';", 'changed'],
  [
    'a package that such a file imports',
    'node_modules/packaged/index.js',
    "export const packaged = 'changed';",
    'changed',
  ],
  ['the file that an import means', 'aws/word.tsx', "export const word = 'changed';", 'changed'],
  ['the list of installed packages', 'node_modules/.package-lock.json', '{ "packages": {} }', 'the package'],
  ['package.json', 'package.json', '{ "sideEffects": true }', 'the package'],
].map(([title = '', file = '', text = '', built]) => ({ title, file, text, built, changed: project(title) }));

// A bundle is kept only if its files have not changed in the last second.
beforeAll(() => setTimeout(1100));

test('a bundle is built once and used again', () => {
  bundleAndMark(unchanged);
  expect(readdirSync(dirname(unchanged.kept))).toEqual(['tiny.json']);
  expect(unchanged.bundle()).toBe('the kept code');
});

test.each(changes)('a change of $title is seen at once', ({ file, text, built, changed }) => {
  bundleAndMark(changed);
  changed.write(file, text);
  expect(changed.bundle()).toContain(built);
});

test('a source that is removed is seen at once', () => {
  bundleAndMark(gone);
  rmSync(join(gone.folder, 'aws', 'word.ts'));
  expect(gone.bundle()).toContain('the other file');
});

test('a bundle is not kept when a source may have changed while it was built', () => {
  const changing = project('changing');
  expect(changing.bundle()).toContain('the package');
  expect(existsSync(changing.kept)).toBe(false);
});

test('an incomplete file is not used', () => {
  bundleAndMark(half);
  writeFileSync(half.kept, readFileSync(half.kept, 'utf8').slice(0, -10));
  expect(half.bundle()).toContain('the package');
});

test.each(unkept)('a bundle is built each time if %s', (_, { bundle, kept }) => {
  expect(bundle()).toContain('the package');
  expect(existsSync(kept)).toBe(false);
  expect(bundle()).toContain('the package');
});
