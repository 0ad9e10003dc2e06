import { existsSync, readFileSync } from 'node:fs';
import { FLOORS } from '../floors/floors';

/** A path of this project in backticks. The files below `environments/` and `access/` are the user's, who may delete them. */
const PATH = /`((?:aws|bench|bin|docs|lambda|lib|schema|scripts|test|\.ci|\.githooks)\/[^`\s]*)`/g;

test.each(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md'])('%s names only paths that exist', (page) => {
  const paths = [...readFileSync(page, 'utf8').matchAll(PATH)].map(([, path = '']) => path);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

test('the map lists the floors in their order', () => {
  const folders = FLOORS.map((floor) =>
    floor
      .split('/')
      .slice(0, floor.startsWith('lib/') ? 2 : 1)
      .join('/'),
  );
  const rows = readFileSync('docs/architecture.md', 'utf8').split('\n## The floors\n')[1]?.split('\n## ')[0] ?? '';
  const listed = [...rows.matchAll(/^\| (`.*?`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)\/`/g)].map(([, folder]) => folder),
  );
  expect(listed).toEqual([...new Set(folders)]);
});
