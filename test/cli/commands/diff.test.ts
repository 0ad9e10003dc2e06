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
      'dev: 1 principal gains access, 1 loses, 1 profile is replaced, budgets +$300 a month, 1 price changes',
      'prod: the environment is gone, 1 principal loses access, 3 change in another way, 1 profile is removed, budgets -$500 a month',
      'test: the environment is new, 1 principal gains access, 3 change in another way, 1 profile is added, budgets +$500 a month',
      '✗ fails on broader: dev: access gets broader for a principal',
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
    expect(out).toContain('dev: no principal gains or loses access, budgets +$100 a month');
    expect(exitCode).toBe(0);
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
    repository.write('b.json', served('amazon.nova-pro-v1:0', 120));
  });

  afterAll(() => repository.dispose());

  const sha = (revision: string): string => repository.git('rev-parse', revision).trim();

  test.each<[form: string, revision: () => string, shown: () => string]>([
    ['a tag', () => 'v1', () => `v1 (${sha('v1').slice(0, 7)})`],
    ['an ancestor', () => 'HEAD~1', () => `HEAD~1 (${sha('v1').slice(0, 7)})`],
    ['a whole sha', () => sha('v1'), () => sha('v1').slice(0, 7)],
    ['a short sha', () => sha('v1').slice(0, 8), () => sha('v1').slice(0, 7)],
  ])('%s is a revision', async (_, revision, shown) => {
    const document = JSON.parse((await repository.diff([revision(), 'main', '--json'])).out);
    expect(document.base).toEqual({ shown: shown(), kind: 'revision', knowsBudgets: true });
    expect(document.environments).toMatchObject([{ environment: 'dev', budgets: { before: 100, after: 120 } }]);
  });

  test('an existing path takes precedence over a revision of the same name', async () => {
    repository.write('both.json', served('amazon.nova-pro-v1:0', 7));
    const document = JSON.parse((await repository.diff(['both.json', 'main', '--json'])).out);
    expect(document.base).toEqual({ shown: 'both.json', kind: 'file', knowsBudgets: true });
    expect(document.environments).toMatchObject([{ budgets: { before: 7 } }]);
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
    const ran = await repository.diff(['a.json', 'b.json', ...(failOn === undefined ? [] : ['--fail-on', failOn])]);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.out.includes('✗ fails on')).toBe(exitCode === 1);
  });

  test('--markdown prints a comment for a pull request, with the same exit code', async () => {
    const { exitCode, out } = await repository.diff(['v1', 'main', '--markdown', '--fail-on', 'any']);
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^<!-- bedrock-access:diff:dev -->\n\n### Bedrock access · dev: \*\*no principal gains/);
    expect(out).toContain(`Base <code>v1 &#40;${sha('v1').slice(0, 7)}&#41;</code>`);
  });

  test('the command in a hint is quoted for the shell, whatever the name of a branch', async () => {
    const { out } = await repository.diff(['a`b|c', 'main']);
    expect(out).toContain("Next:  npx bedrock-access diff 'a`b|c' main --markdown");
    expect((await repository.diff(['v1', 'main', '--quiet'])).out).not.toContain('Next:');
  });

  test('a repository that a git hook names is not read', async () => {
    const { exitCode } = await repository.diff(['v1', 'main'], {
      ...process.env,
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: 'x',
    });
    expect(exitCode).toBe(0);
  });
});
