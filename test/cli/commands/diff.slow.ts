import { basename, join } from 'node:path';
import { call, matrix, profile, role } from '../../proof/matrix/diff-matrices';
import { DiffProject } from './diff-project';

// One test synthesizes several environments.
jest.setTimeout(60_000);

const NOTHING = (name: string): string => `${name}: no principal gains or loses access`;

/** Returns a matrix with one alias, which serves a model, and a budget. */
const served = (model: string, budget: number): string =>
  JSON.stringify(
    matrix({
      profiles: [profile({ model, name: model })],
      principals: [role('x', { calls: [call()] })],
      budgets: { chat: budget },
    }),
  );

describe('revisions whose environment files are synthesized', () => {
  const repository = new DiffProject();
  const SONNET = 'anthropic.claude-sonnet-4-6, routing: us';
  const PRO = 'amazon.nova-pro-v1:0, routing: us';

  beforeAll(() => {
    repository.environment('dev');
    repository.environment('prod');
    repository.commit('two environments');
    repository.git('tag', 'v1');
    repository.environment('dev', [SONNET, PRO], ['monthlyUsd: 500', 'monthlyUsd: 800']);
    repository.remove('environments/prod.yaml');
    repository.environment('test');
    repository.commit('another model');
  });

  afterAll(() => repository.dispose());

  test('without HEAD the present files are compared, and an environment without a change is one line', async () => {
    expect(await repository.diff(['main'])).toEqual({
      exitCode: 0,
      out: [NOTHING('dev'), NOTHING('test')].join('\n'),
      err: '',
    });
  });

  test('each environment has a section with gains, losses and failures', async () => {
    const { exitCode, out } = await repository.diff(['v1', 'main']);
    const lines = out.split('\n');
    expect(exitCode).toBe(1);
    expect(lines.filter((line) => /^(dev|prod|test): |^✗/.test(line))).toEqual([
      'dev: 1 principal gains access, 1 loses, 1 control is weaker, 1 profile is replaced, budgets +$300 a month, 1 price changes',
      'prod: the environment is gone, 1 principal loses access, 3 internal roles change, 1 profile is removed, budgets -$500 a month',
      'test: the environment is new, 1 principal gains access, 3 internal roles change, 1 profile is added, budgets +$500 a month',
      '✗ fails on broader: dev: access gets broader for a principal',
      '✗ fails on broader: dev: a control is weaker',
      '✗ fails on broader: test: access gets broader for a principal',
    ]);
    expect(lines).toContain(
      '  + gains  support-chat  role dev_support-chat_lambda  amazon.nova-pro-v1:0         us (3 Regions)  alias main',
    );
    expect(lines).toContain('  ~ 2 probe roles change along with their applications');
    expect(out).not.toMatch(/_probe/);
  });

  test('diff writes no files, and reads changes that are not committed', async () => {
    repository.environment('dev', [SONNET, PRO], ['monthlyUsd: 500', 'monthlyUsd: 900']);
    const before = repository.git('status', '--porcelain');
    const { exitCode, out } = await repository.diff(['main']);
    expect(out).toContain('dev: no principal gains or loses access, 1 control is weaker, budgets +$100 a month');
    expect(exitCode).toBe(1);
    expect(repository.git('status', '--porcelain')).toBe(before);
    repository.git('restore', '.');
  });

  test('the message about an invalid file names its revision', async () => {
    repository.environment('dev', [SONNET, 'acme.large-v1:0, routing: us']);
    repository.git('checkout', '--quiet', '-b', 'invalid');
    repository.commit('a model that nobody knows');
    repository.git('checkout', '--quiet', 'main');
    const { exitCode, err } = await repository.diff(['invalid']);
    expect(exitCode).toBe(2);
    expect(err).toContain('invalid:environments/dev.yaml has 1 problem');
  });
});

describe('revisions with reviewed matrices', () => {
  const repository = new DiffProject();

  beforeAll(() => {
    repository.environment('dev');
    repository.write('access/dev.json', served('amazon.nova-lite-v1:0', 100));
    repository.write('access/other.json', 'no environment, so not read');
    repository.commit('a matrix');
    repository.git('tag', 'v1');
    repository.git('branch', 'both.json');
    repository.git('branch', 'a`b|c');
    repository.write('access/dev.json', served('amazon.nova-pro-v1:0', 120));
    repository.commit('another matrix');
    repository.write('a.json', served('amazon.nova-lite-v1:0', 100));
    repository.write('b.json', served('amazon.nova-pro-v1:0', 100));
    repository.write('c.json', served('amazon.nova-lite-v1:0', 120));
  });

  afterAll(() => repository.dispose());

  const sha = (revision: string): string => repository.git('rev-parse', revision).trim();

  test.each<[form: string, revision: () => string, shown: () => string]>([
    ['a tag', () => 'v1', () => `v1 (${sha('v1').slice(0, 7)})`],
    ['an ancestor', () => 'HEAD~1', () => `HEAD~1 (${sha('v1').slice(0, 7)})`],
    ['a whole sha', () => sha('v1'), () => sha('v1').slice(0, 7)],
    ['a short sha', () => sha('v1').slice(0, 8), () => sha('v1').slice(0, 7)],
  ])('%s is a revision', async (_, revision, shown) => {
    const document = JSON.parse((await repository.diff([revision(), './c.json', '--json'])).out);
    expect(document.base).toEqual({ shown: shown(), kind: 'revision', knowsFile: true });
    expect(document.environments).toMatchObject([{ environment: 'dev', budgets: { before: 100, after: 120 } }]);
  });

  test('a file with the name of a revision is read only if the side begins with ./', async () => {
    repository.write('both.json', served('amazon.nova-pro-v1:0', 7));
    const revision = JSON.parse((await repository.diff(['both.json', './c.json', '--json'])).out);
    expect(revision.base).toMatchObject({ kind: 'revision' });
    expect(revision.environments).toMatchObject([{ budgets: { before: 100 } }]);
    for (const side of [
      './both.json',
      join(repository.project, 'both.json'),
      `../${basename(repository.project)}/both.json`,
    ]) {
      const file = JSON.parse((await repository.diff([side, './c.json', '--json'])).out);
      expect(file.base).toEqual({ shown: side, kind: 'file', knowsFile: true });
      expect(file.environments).toMatchObject([{ budgets: { before: 7 } }]);
    }
  });

  test.each<[failOn: string | undefined, exitCode: number]>([
    [undefined, 0],
    ['none', 0],
    ['broader', 0],
    ['any', 1],
    ['replaced', 1],
    ['cost:+1000000%', 0],
    ['cost:+10%', 1],
    ['broader, replaced', 1],
    ['cost:+1000000%,cost:+10%', 1],
  ])('a replaced profile that costs more, with --fail-on %s, ends with %d', async (failOn, exitCode) => {
    const ran = await repository.diff(['./a.json', './b.json', ...(failOn === undefined ? [] : ['--fail-on', failOn])]);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.out.includes('✗ fails on')).toBe(exitCode === 1);
  });

  test('--markdown prints a comment for a pull request, with the same exit code', async () => {
    const { exitCode, out } = await repository.diff(['v1', './b.json', '--markdown', '--fail-on', 'any']);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^<!-- bedrock-access:diff:dev -->\n\n### Bedrock access · dev: \*\*no principal gains/);
    expect(out).toContain(`Base <code>v1 &#40;${sha('v1').slice(0, 7)}&#41;</code>`);
  });

  test('the command in a hint is quoted for the shell, whatever the name of a branch', async () => {
    const { out } = await repository.diff(['a`b|c', './b.json']);
    expect(out).toContain("Next:  npx bedrock-access diff 'a`b|c' ./b.json --markdown");
    expect((await repository.diff(['v1', './b.json', '--quiet'])).out).not.toContain('Next:');
  });

  test('a repository that a git hook names is not read', async () => {
    const { exitCode } = await repository.diff(['v1', './b.json'], {
      ...process.env,
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: 'x',
    });
    expect(exitCode).toBe(0);
  });
});

describe('a pull request that hides what it changes', () => {
  const repository = new DiffProject();
  const BUDGET = 'monthlyUsd: 500';

  beforeAll(() => {
    repository.environment('dev');
    repository.commit('the base');
    repository.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    repository.git('checkout', '--quiet', '-b', 'request');
  });

  afterEach(() => {
    repository.git('reset', '--quiet', '--hard', 'origin/main');
    repository.git('clean', '--quiet', '-dfx');
  });

  afterAll(() => repository.dispose());

  const SAYS = 'chat: the monthly budget is higher (monthlyUsd: 500 → 900)';

  test('a file or a folder with the name of the base hides nothing', async () => {
    repository.environment('dev', [BUDGET, 'monthlyUsd: 900']);
    repository.write('origin/main', served('amazon.nova-lite-v1:0', 900));
    repository.write('HEAD/manifest.json', '{}');
    repository.commit('a higher budget');
    for (const sides of [['origin/main'], ['origin/main', 'HEAD'], ['origin/main', 'request']]) {
      const { exitCode, out } = await repository.diff(sides);
      expect(out).toContain(SAYS);
      expect(exitCode).toBe(1);
    }
  });

  test.each([
    ['is another', () => JSON.stringify(matrix({ budgets: { chat: 1 } }))],
    ['is of an earlier version', () => '{"schemaVersion":1}'],
    ['is no JSON', () => 'hello'],
    ['is empty', () => ''],
    ['is that of the base', () => served('amazon.nova-lite-v1:0', 500)],
  ])('a matrix of the head that %s is not believed', async (_, text) => {
    repository.environment('dev', [BUDGET, 'monthlyUsd: 900']);
    repository.write('access/dev.json', text());
    repository.commit('a higher budget, and another matrix');
    const { exitCode, out, err } = await repository.diff(['origin/main', 'HEAD']);
    expect(err).toBe(
      '✗ HEAD:access/dev.json is not the matrix of HEAD:environments/dev.yaml; write it anew with npx bedrock-access prove dev --write, and commit it',
    );
    expect([exitCode, out]).toEqual([2, '']);
  });

  test('a stale matrix of the working tree is said, and is not believed', async () => {
    repository.write('access/dev.json', served('amazon.nova-lite-v1:0', 1));
    const { exitCode, out } = await repository.diff(['origin/main']);
    expect(out).toContain('dev: no principal gains or loses access');
    expect(out).toContain(
      '! not looked at: access/dev.json: it is not the matrix of environments/dev.yaml; write it anew with npx bedrock-access prove dev --write',
    );
    expect(exitCode).toBe(0);
  });

  test('an environment that one side has not is said', async () => {
    repository.git('mv', 'access-as-code/environments/dev.yaml', 'access-as-code/environments/dev.yaml.txt');
    repository.environment('test');
    repository.commit('another environment');
    const { out } = await repository.diff(['origin/main', 'HEAD']);
    expect(out).toMatch(/^dev: the environment is gone, 1 principal loses access/m);
    expect(out).toMatch(/^test: the environment is new, 1 principal gains access/m);
    expect(out).toContain(
      '- role dev_verification (tries the access of every application, by assuming its probe roles) is gone',
    );
  });

  test('a matrix file is compared with its environment alone, and the others are named', async () => {
    repository.write('one.json', served('amazon.nova-lite-v1:0', 500));
    repository.environment('test');
    repository.environment('prod');
    const { out } = await repository.diff(['./one.json']);
    expect(out).toContain('! not looked at: prod and test: ./one.json has no such environment');
  });
});
