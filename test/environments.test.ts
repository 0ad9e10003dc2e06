import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentNames } from '../lib/config/environment-files';
import { run } from './cli/run';
import { PROJECT } from './project';

const project = join(__dirname, '..');
const read = (folder: string, file: string): string | undefined =>
  existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : undefined;

/**
 * These files are the user's: there may be any number of them, with any names. A matrix that is missing or stale is no
 * failure here, because the user tests a change before `prove --write` records it.
 */
test('every file in environments/ is valid and proven', async () => {
  for (const name of environmentNames(project)) {
    const { out, err } = await run(['prove', name, '--json'], { project });
    const { violations } = JSON.parse(out) as { readonly violations?: unknown };
    expect({ name, violations, said: violations === undefined ? `${out}\n${err}` : '' }).toEqual({
      name,
      violations: [],
      said: '',
    });
  }
});

test.each(['dev', 'prod'])('the matrix of %s is that of the tests while the environment file is', (name) => {
  const matrix = read(project, `access/${name}.json`);
  const unchanged = read(project, `environments/${name}.yaml`) === read(PROJECT, `environments/${name}.yaml`);
  const kept = unchanged && matrix !== undefined ? matrix : read(PROJECT, `access/${name}.json`);
  expect(kept).toBe(read(PROJECT, `access/${name}.json`));
});
