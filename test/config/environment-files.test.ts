import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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
  mkdirSync(join(project, 'odd'));
  const odd = (name: string): string => join(project, 'odd', name);
  for (const [name, ending] of [
    ['both', '.yaml'],
    ['both', '.yml'],
    ['linked', '.yml'],
    ['dangling', '.yaml'],
    ['secret', '.txt'],
  ]) {
    writeFileSync(odd(`${name}${ending}`), VALID.replace('name: dev', `name: ${name}`));
  }
  symlinkSync('secret.txt', odd('link.yaml'));
  symlinkSync('/dev/zero', odd('device.yaml'));
  symlinkSync('/proc/self/environ', odd('process.yaml'));
  symlinkSync('loop.yaml', odd('loop.yaml'));
  symlinkSync('linked.yml', odd('linked.yaml'));
  symlinkSync('nowhere', odd('dangling.yml'));
  execFileSync('mkfifo', [odd('fifo.yaml')]);
  writeFileSync(odd('long.yaml'), ' '.repeat(300_000));
  mkdirSync(join(project, 'linked', 'odd'), { recursive: true });
  writeFileSync(join(project, 'linked', 'odd', 'dev.yaml'), VALID);
  symlinkSync('odd', join(project, 'linked', 'environments'));
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
  ['a folder', 'folder', ['environments/folder.yaml:1:1 : is a folder; only a regular file is read']],
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

const LINK = 'is a symbolic link; only a regular file is read';

test.each([
  ['link', LINK],
  ['device', LINK],
  ['process', LINK],
  ['loop', LINK],
  ['fifo', 'is a FIFO; only a regular file is read'],
  ['long', 'has 300000 bytes; at most 262144 are read'],
  ['both', "both.yml is beside it, so 'both' has two files; remove one of them"],
  ['dangling', "dangling.yml is beside it, so 'dangling' has two files; remove one of them"],
])('odd/%s.yaml is refused, and its content is not quoted', (name, message) => {
  expect(problemsOf(`odd/${name}.yaml`)).toEqual([`odd/${name}.yaml:1:1 : ${message}`]);
});

test('either of two files with one name is refused', () => {
  expect(problemsOf('odd/both.yml')).toEqual([
    "odd/both.yml:1:1 : both.yaml is beside it, so 'both' has two files; remove one of them",
  ]);
  expect(problemsOf('odd/linked.yml')).toHaveLength(1);
});

test('a folder of environments that is a link is refused', () => {
  const linked = join(project, 'linked');
  expect(() => loadEnvironment({ project: linked, cwd: linked }, 'dev', TODAY)).toThrow(
    'is in a folder that is a symbolic link; replace environments/ by a folder',
  );
});
