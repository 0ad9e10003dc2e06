import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../../lib/config/config-error';
import { loadEnvironment } from '../../lib/config/environment-files';
import { TODAY } from './problem-text';
import { VALID } from './valid-environment';

let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'environments-'));
  mkdirSync(join(project, 'environments', 'folder.yaml'), { recursive: true });
  writeFileSync(join(project, 'environments', 'dev.yaml'), VALID);
  writeFileSync(join(project, 'environments', 'test.yml'), VALID.replace('name: dev', 'name: test'));
  writeFileSync(join(project, 'environments', 'other.yaml'), VALID);
});

afterAll(() => {
  rmSync(project, { recursive: true });
});

function problemsOf(nameOrPath: string): readonly string[] {
  try {
    loadEnvironment({ project, cwd: project }, nameOrPath, TODAY);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.path}: ${p.message}`);
    }
    throw error;
  }
}

test.each([
  ['a name', 'dev', []],
  ['a path', 'environments/dev.yaml', []],
  ['a path of .yml', 'environments/test.yml', []],
  [
    'a name without a file',
    'staging',
    ['environments/staging.yaml:1:1 : there is no such file; environments found: dev, folder, other, test'],
  ],
  ['a misspelt name', 'dve', ["environments/dve.yaml:1:1 : there is no such file; did you mean 'dev'?"]],
  [
    'the name of a .yml file',
    'test',
    ['environments/test.yaml:1:1 : there is no such file; rename test.yml to test.yaml'],
  ],
  ['a folder', 'folder', ['environments/folder.yaml:1:1 : cannot be read (EISDIR)']],
  [
    'a file whose environment has another name',
    'other',
    [
      "environments/other.yaml:1:7 name: 'dev' differs from the name of the file; write 'other' or rename the file to dev.yaml",
    ],
  ],
])('%s gives the environment or says what to write', (_, nameOrPath, problems) => {
  expect(problemsOf(nameOrPath)).toEqual(problems);
});
