import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../lib/config/config-error';
import { readEnvironment } from '../../lib/config/read-environment';
import { BAD, problemText, TODAY } from './problem-text';

const named = (extension: string): string[] =>
  readdirSync(BAD)
    .filter((file) => file.endsWith(extension))
    .map((file) => file.slice(0, -extension.length));
const names = named('.yaml');

test('every bad environment has an expected text, and every text has an environment', () => {
  expect(named('.txt')).toEqual(names);
  expect(names.length).toBeGreaterThanOrEqual(200);
});

describe.each(names.map((name) => [name.replaceAll('-', ' '), name] as const))('%s', (_, name) => {
  test('is refused', () => {
    const bytes = readFileSync(join(BAD, `${name}.yaml`));
    expect(() => readEnvironment(`bad/${name}.yaml`, bytes, TODAY)).toThrow(ConfigError);
  });

  test('is reported with the problem, its place and the change that fixes it', () => {
    expect(problemText(name)).toBe(readFileSync(join(BAD, `${name}.txt`), 'utf8'));
  });
});
