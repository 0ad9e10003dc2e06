import { dirname } from 'node:path';
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
  repository.write('cdk.out/manifest.json', JSON.stringify({ artifacts: {} }));
  repository.write('broken/manifest.json', '{');
});

afterAll(() => repository.dispose());

test.each<[args: readonly string[], says: string]>([
  [['nowhere'], "there is no file or folder 'nowhere', and git knows no such revision"],
  [['nowhere'], 'give a matrix file such as access/dev.json, a cdk.out folder, or a git revision such as main'],
  [['main:environments'], 'git knows no such revision'],
  [['main..v1'], 'git knows no such revision'],
  [['v1', 'nowhere.json'], "there is no file or folder 'nowhere.json'"],
  [['-'], "'-' is no git revision"],
  [[''], "'' is no git revision"],
  [['--output=x'], "'diff' has no flag --output"],
  [['v1', 'dev.json'], "v1:access/dev.json describes the environment 'prod', not 'dev'"],
  [
    ['lib', 'dev.json'],
    'lib is a folder without manifest.json; give a folder that cdk synth wrote, such as cdk.out, or refs/heads/lib',
  ],
  [['cdk.out', 'dev.json'], 'cdk.out is a cdk.out folder without an environment'],
  [['broken', 'dev.json'], 'the manifest.json of broken cannot be read'],
  [['dev.json', 'prod.json'], 'the two sides have no environment in common: dev.json has dev; prod.json has prod'],
  [['lib/readme.md', 'dev.json'], 'lib/readme.md is not JSON'],
  [['dev.json', 'dev.json', '--json', '--markdown'], '--markdown and --json exclude each other'],
  [['dev.json', 'dev.json', '--out', 'x.html'], '--out writes .json, .csv, .md'],
  [
    ['dev.json', 'dev.json', '--fail-on', 'broadr'],
    "--fail-on must be none, any, broader, replaced, cost:+N%, or several joined by commas; got 'broadr'; did you mean 'broader'?",
  ],
  [['dev.json', 'dev.json', '--fail-on', 'cost:10'], "did you mean 'cost:+10%'?"],
  [['dev.json', 'dev.json', '--fail-on', 'cost'], "got 'cost'"],
  [['dev.json', 'dev.json', '--fail-on', 'cost:-5%'], "did you mean 'cost:+5%'?"],
  [['dev.json', 'dev.json', '--fail-on', 'any,'], "got ''"],
  [['dev.json', 'dev.json', '--fail-on', 'none,any'], '--fail-on none excludes every other choice'],
])('diff %j is wrong usage', async (args, says) => {
  const { exitCode, out, err } = await repository.diff(args);
  expect(`${out}${err}`).toContain(says);
  expect(exitCode).toBe(2);
});

const valid = matrix({ principals: [role('x', { calls: [call()] })] });

test.each<[title: string, document: unknown, says: string]>([
  ['of another version', { ...valid, schemaVersion: 2 }, 'has schemaVersion 2; this version reads 1'],
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
  const { exitCode, out, err } = await repository.diff(['refused.json', 'dev.json']);
  expect(`${out}${err}`).toContain(says);
  expect(`${out}${err}`).toContain('refused.json');
  expect(exitCode).toBe(2);
});

test('the message without git, or outside a repository, says what was tried', async () => {
  const without = await repository.diff(['v1'], { PATH: '/nowhere' });
  expect(without).toMatchObject({ exitCode: 2 });
  expect(without.err).toContain("there is no file or folder 'v1', and git could not be started");
  const outside = await repository.diff(['v1'], {
    PATH: process.env['PATH'],
    GIT_CEILING_DIRECTORIES: dirname(repository.project),
  });
  expect(outside).toMatchObject({ exitCode: 2 });
  expect(outside.err).toContain("there is no file or folder 'v1', and git says: fatal: not a git repository");
});
