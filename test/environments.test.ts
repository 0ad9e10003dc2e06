import { join } from 'node:path';
import { environmentNames } from '../lib/config/environment-files';
import { run } from './cli/run';

const project = join(__dirname, '..');

/** These files are the user's: there may be any number of them, with any names. */
test('whatever is in environments/ is valid and proven, and a matrix that is kept of it is not stale', async () => {
  for (const name of environmentNames(project)) {
    const { exitCode, out, err } = await run(['prove', name], { project });
    expect({ name, exitCode, said: exitCode === 0 ? '' : `${out}\n${err}` }).toEqual({ name, exitCode: 0, said: '' });
  }
});
