import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { call, matrix, role } from '../../proof/matrix/diff-matrices';
import { DiffProject } from './diff-project';

const repository = new DiffProject();

beforeAll(() => {
  repository.environment('dev');
  repository.write('access/dev.json', JSON.stringify(matrix({ environment: 'prod' })));
  repository.commit('the matrix of another environment');
  repository.git('tag', 'v1');
  repository.git('branch', 'lib');
  repository.write('lib/readme.md', '');
  repository.write('dev.json', JSON.stringify(matrix()));
  repository.write('prod.json', JSON.stringify(matrix({ environment: 'prod' })));
  execFileSync('mkfifo', [join(repository.project, 'fifo')]);
  repository.link('linked.json', '/etc/passwd');
  repository.link('loop.json', 'loop.json');
  repository.write('deep.json', '['.repeat(50_000));
  repository.write('twice.json', '{"schemaVersion":2,"schemaVersion":2}');
  repository.write('cdk.out/manifest.json', JSON.stringify({ artifacts: {} }));
  repository.write('broken/manifest.json', '{');
});

afterAll(() => repository.dispose());

test.each<[args: readonly string[], says: string]>([
  [['nowhere'], "there is no revision 'nowhere': git knows no such revision"],
  [['nowhere'], 'give a git revision such as main, or a matrix file or cdk.out folder that begins with ./ or /'],
  [['dev.json'], 'for the file or folder of that name, write ./dev.json'],
  [['main:environments'], 'git knows no such revision'],
  [['main..v1'], 'git knows no such revision'],
  [['v1', './nowhere.json'], 'there is no file or folder ./nowhere.json'],
  [['./dev.json', './nowhere.json'], 'there is no file or folder ./nowhere.json'],
  [['-'], "'-' is no git revision"],
  [['^v1'], "'^v1' is no git revision"],
  [[''], "'' is no git revision"],
  [['--output=x'], "'diff' has no flag --output"],
  [['v1', './dev.json'], "v1:access/dev.json describes the environment 'prod', not 'dev'"],
  [
    ['./lib', './dev.json'],
    './lib is a folder without manifest.json; give a folder that cdk synth wrote, such as ./cdk.out',
  ],
  [['./cdk.out', './dev.json'], './cdk.out is a cdk.out folder without an environment'],
  [['./broken', './dev.json'], 'broken/manifest.json: is not JSON; synthesize again with: npx cdk synth'],
  [
    ['./dev.json', './prod.json'],
    'the two sides have no environment in common: ./dev.json has dev; ./prod.json has prod',
  ],
  [['./lib/readme.md', './dev.json'], './lib/readme.md is not JSON'],
  [['./dev.json', '/dev/zero'], '/dev/zero is a device; only a regular file is read'],
  [['./dev.json', './fifo'], './fifo is a FIFO; only a regular file is read'],
  [['./dev.json', './linked.json'], './linked.json is a symbolic link; only a regular file is read'],
  [['./dev.json', './loop.json'], './loop.json is a symbolic link; only a regular file is read'],
  [['./dev.json', './deep.json'], './deep.json is nested more than 100 levels deep at line 1, column 101'],
  [['./dev.json', './twice.json'], './twice.json has the key schemaVersion twice'],
  [['./dev.json', './dev.json', '--json', '--markdown'], '--markdown and --json exclude each other'],
  [['./dev.json', './dev.json', '--out', 'x.html'], '--out writes .json, .csv, .md'],
  [
    ['dev.json', './dev.json', '--fail-on', 'broadr'],
    "--fail-on must be none, any, broader, replaced, cost:+N%, or several joined by commas; got 'broadr'; did you mean 'broader'?",
  ],
  [['./dev.json', './dev.json', '--fail-on', 'cost:10'], "did you mean 'cost:+10%'?"],
  [['./dev.json', './dev.json', '--fail-on', 'cost'], "got 'cost'"],
  [['./dev.json', './dev.json', '--fail-on', 'cost:-5%'], "did you mean 'cost:+5%'?"],
  [['./dev.json', './dev.json', '--fail-on', 'any,'], "got ''"],
  [['./dev.json', './dev.json', '--fail-on', 'none,any'], '--fail-on none excludes every other choice'],
])('diff %j is wrong usage', async (args, says) => {
  const { exitCode, out, err } = await repository.diff(args);
  expect(`${out}${err}`).toContain(says);
  expect(exitCode).toBe(2);
});

const valid = matrix({ principals: [role('x', { calls: [call()] })] });

test.each<[title: string, document: unknown, says: string]>([
  ['of another version', { ...valid, schemaVersion: 3 }, 'has schemaVersion 3; this version reads 2'],
  ['of an earlier version', { ...valid, schemaVersion: 1 }, 'Write it anew with npx bedrock-access prove ENV --write'],
  ['without a version', { ...valid, schemaVersion: undefined }, 'is no access matrix: schemaVersion:'],
  ['that is a list', [], 'is no access matrix'],
  ['that is null', null, 'is no access matrix'],
  [
    'with markup for the name of the environment',
    { ...valid, environment: '--> <b>' },
    'is no access matrix: environment: must be',
  ],
  ['with an unknown key', { ...valid, extra: 1 }, 'is no access matrix: top level: Unrecognized key: "extra"'],
  [
    'with a number for a name',
    { ...valid, principals: [{ ...role('x'), principal: 7 }] },
    'principals.0.principal: Invalid input: expected string, received number; found 7',
  ],
  [
    'with an action that does not invoke',
    { ...valid, principals: [role('x', { calls: [{ ...call(), actions: ['s3:*'] as never }] })] },
    'found "s3:*"',
  ],
  ['with a repeated principal', { ...valid, principals: [role('x'), role('x')] }, 'names a principal twice'],
  ['with a budget below zero', { ...valid, budgets: { chat: -1 } }, 'budgets.chat'],
])('a matrix file %s is refused', async (_, document, says) => {
  repository.write('refused.json', JSON.stringify(document));
  const { exitCode, out, err } = await repository.diff(['./refused.json', './dev.json']);
  expect(`${out}${err}`).toContain(says);
  expect(`${out}${err}`).toContain('refused.json');
  expect(exitCode).toBe(2);
});

test('the message without git, or outside a repository, says what was tried', async () => {
  const without = await repository.diff(['v1'], { PATH: '/nowhere' });
  expect(without).toMatchObject({ exitCode: 2 });
  expect(without.err).toContain("there is no revision 'v1': git could not be started");
  const outside = await repository.diff(['v1'], {
    PATH: process.env['PATH'],
    GIT_CEILING_DIRECTORIES: dirname(repository.project),
  });
  expect(outside).toMatchObject({ exitCode: 2 });
  expect(outside.err).toContain("there is no revision 'v1': git says: fatal: not a git repository");
});

/** Commits a change on a branch of its own, and returns to main. */
function branch(name: string, change: () => void): void {
  repository.git('checkout', '--quiet', '-b', name, 'v1');
  repository.remove('access/dev.json');
  change();
  repository.commit(name);
  repository.git('checkout', '--quiet', 'main');
}

test.each<[title: string, name: string, change: () => void, says: string]>([
  [
    'has two files for one environment',
    'twin',
    () => repository.write('environments/dev.yml', 'name: dev'),
    "twin has both environments/dev.yaml and environments/dev.yml, so 'dev' has two files; remove one of them",
  ],
  [
    'has a link for an environment file',
    'link',
    () => repository.link('environments/prod.yaml', '/etc/passwd'),
    'link:environments/prod.yaml is a symbolic link or a folder; only a regular file is read',
  ],
  [
    'has a folder for an environment file',
    'folder',
    () => repository.write('environments/prod.yaml/x', ''),
    'folder:environments/prod.yaml is a symbolic link or a folder',
  ],
  [
    'has a link for a matrix',
    'matrix-link',
    () => repository.link('access/dev.json', '/etc/passwd'),
    'matrix-link:access/dev.json is a symbolic link or a folder',
  ],
  [
    'has an environment file that is too large',
    'large',
    () => repository.write('environments/prod.yaml', ' '.repeat(300_000)),
    'large:environments/prod.yaml has more than 262144 bytes',
  ],
])('a revision that %s is refused', async (_, name, change, says) => {
  branch(name, change);
  const { exitCode, out, err } = await repository.diff([name, name]);
  expect(err).toContain(says);
  expect(`${out}${err}`).not.toContain('root:');
  expect(exitCode).toBe(2);
});

test('a name that is a branch and a tag is refused', async () => {
  repository.git('branch', 'v1', 'main');
  const { exitCode, err } = await repository.diff(['v1']);
  repository.git('branch', '--delete', '--force', 'v1');
  expect(err).toContain('v1 names both a branch and a tag, or two branches; write one in full');
  expect(exitCode).toBe(2);
});
