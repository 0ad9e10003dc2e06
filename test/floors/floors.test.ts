import { existsSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { CDK, FLOORS, TOUCHES_PROCESS, USES_CDK } from './floors';
import { readSources } from './read-source';

const SOURCES = ['aws', 'bin', 'lambda', 'lib'].flatMap(readSources);

/** Returns the index of a file's floor: the file's own, or that of its folder; -1 if it has none. */
const floorOf = (file: string): number => FLOORS.indexOf(FLOORS.includes(file) ? file : dirname(file));

const isIn = (file: string, places: readonly string[]): boolean =>
  places.some((place) => file === place || file.startsWith(`${place}/`));

/** Lists the wrong imports, such as `lib/plan/a.ts -> lib/proof/b.ts`. */
const imports = (isWrong: (file: string, target: string, typeOnly: boolean) => boolean): readonly string[] =>
  SOURCES.flatMap(({ file, imports }) =>
    imports
      .filter(({ target, typeOnly }) => isWrong(file, target, typeOnly))
      .map(({ target }) => `${file} -> ${target}`),
  );

test('every folder is a floor, and every floor exists', () => {
  const folders = new Set(SOURCES.map(({ file }) => dirname(file)));
  expect([...folders].filter((folder) => !FLOORS.includes(folder))).toEqual([]);
  expect(FLOORS.filter((floor) => !existsSync(floor))).toEqual([]);
});

test('every source is TypeScript that these tests read, but for the file that starts the command line', () => {
  const others = ['aws', 'bin', 'lambda', 'lib'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.([cm]?js|[jt]sx|[cm]ts)$/.test(name))
      .map((name) => `${folder}/${name}`),
  );
  expect(others).toEqual(['bin/bedrock-access.js']);
});

test('a file imports only its own floor and lower ones', () => {
  const isHigher = (file: string, target: string): boolean => {
    const floor = floorOf(target);
    return existsSync(target) && (floor === -1 || floor > floorOf(file));
  };
  expect(imports(isHigher)).toEqual([]);
});

test('no files import each other in a circle', () => {
  const left = new Map(SOURCES.map(({ file, imports }) => [file, imports.map(({ target }) => target)]));
  const importsNothingLeft = (): string | undefined =>
    [...left].find(([, targets]) => !targets.some((target) => left.has(target)))?.[0];
  for (let file = importsNothingLeft(); file !== undefined; file = importsNothingLeft()) {
    left.delete(file);
  }
  expect([...left.keys()]).toEqual([]);
});

test('only the files that make stacks import the CDK', () => {
  const isCdk = (target: string): boolean => /^(aws-cdk-lib|constructs)(\/|$)/.test(target) || isIn(target, CDK);
  expect(imports((file, target) => isCdk(target) && !isIn(file, [...CDK, ...USES_CDK]))).toEqual([]);
});

test('a function imports types of the catalog, and nothing else from lib', () => {
  const isAllowed = (target: string, typeOnly: boolean): boolean => typeOnly && isIn(target, ['lib/catalog']);
  expect(
    imports(
      (file, target, typeOnly) => isIn(file, ['lambda']) && isIn(target, ['lib']) && !isAllowed(target, typeOnly),
    ),
  ).toEqual([]);
});

test('only the listed files touch the process', () => {
  const touching = SOURCES.filter(({ touchesProcess }) => touchesProcess).map(({ file }) => file);
  expect(touching.filter((file) => !isIn(file, TOUCHES_PROCESS))).toEqual([]);
});
