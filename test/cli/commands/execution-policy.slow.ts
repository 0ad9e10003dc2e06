import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { planExecutionPolicy } from '../../../lib/plan/deployment/execution-policy';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { testEnvironment } from '../../plan/environments';
import { PROJECT } from '../../project';
import { Assembly, type MutableTemplate } from '../assembly';
import { type Ran, run } from '../run';

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-execution-'));
const dev = new Assembly('dev');
afterAll(() => {
  dev.dispose();
  rmSync(folder, { recursive: true });
});

const policyOf = (environment: string, ...flags: readonly string[]): Promise<Ran> =>
  run(['plan', environment, '--execution-policy', ...flags]);
const policyFor = (stack: string, mutate: (t: MutableTemplate) => void, ...flags: readonly string[]): Promise<Ran> =>
  policyOf('dev', '--part', '1', '--assembly', dev.mutated(stack, mutate), ...flags);

/** Prints every document of an environment, one for each run. */
const partsOf = (environment: string, parts: number): Promise<readonly Ran[]> =>
  Promise.all(Array.from({ length: parts }, (_, i) => policyOf(environment, '--part', `${i + 1}`)));

test.each(['dev', 'prod'] as const)(
  'standard output has one document of the policy of %s only, and standard error has the verdict',
  async (name) => {
    const { documents } = planExecutionPolicy(planAccess(testEnvironment(name)));
    for (const [i, { exitCode, out, err }] of (await partsOf(name, documents.length)).entries()) {
      expect(JSON.parse(out)).toEqual({ Version: '2012-10-17', Statement: documents[i] });
      const [verdict, ...more] = err.split('\n');
      const many = documents.length === 1 ? 'it \\(' : `its ${documents.length} documents \\(at most `;
      expect(verdict).toMatch(
        new RegExp(
          `^✓ proven {2}${name}: CloudFormation can deploy \\d+ resources of \\d+ types with ${many}\\d+ of 6144 characters\\), and \\d+ calls that it must not make are denied\\.$`,
        ),
      );
      expect(more).toEqual(
        documents.length === 1
          ? []
          : [
              `  this is document ${i + 1} of ${documents.length}: print each with --part N, and pass all of them to cdk bootstrap, separated by commas.`,
            ],
      );
      expect(exitCode).toBe(0);
    }
  },
);

test('templates of an earlier synthesis are proven unchanged', async () => {
  expect(await policyOf('dev', '--part', '1', '--assembly', dev.original)).toMatchObject({
    exitCode: 0,
    err: expect.stringContaining('✓ proven  dev'),
  });
});

const foreignBoundary = (t: MutableTemplate): void => {
  t.role('dev_support-chat_lambda').Properties.PermissionsBoundary = 'arn:aws:iam::111122223333:policy/other';
};

test('a missing permission is shown with the needed statement, and no policy is printed', async () => {
  const { exitCode, out, err } = await policyFor('support-chat', foreignBoundary);
  expect(out).toBe('');
  const lines = err.split('\n');
  expect(lines[0]).toBe('✗ not proven  dev: no execution policy is printed.');
  expect(lines[2]).toMatch(
    /^ {2}✗ missing {4}AWS::IAM::Role \w+ of dev--support-chat \(create\): CloudFormation may not iam:CreateRole on arn:aws:iam::111122223333:role\/bedrock-access\/dev\/dev_support-chat_lambda with iam:PermissionsBoundary/,
  );
  expect(lines[3]).toMatch(/^ {6}needed {5}\{"Sid":"Missing","Effect":"Allow","Action":\["iam:CreateRole"\],/);
  expect(exitCode).toBe(1);
});

test('the document of a failed proof holds no policy', async () => {
  const { exitCode, out } = await policyFor('support-chat', foreignBoundary, '--json');
  const document = JSON.parse(out);
  expect(document).toMatchObject({ schemaVersion: 1, command: 'plan', exitCode: 1, proven: false });
  expect(document.policies).toBeUndefined();
  const schema = readFileSync(
    join(__dirname, '..', '..', '..', 'schema', 'execution-policy-output.schema.json'),
    'utf8',
  );
  expect(new Ajv({ strict: false }).validate(JSON.parse(schema), document)).toBe(true);
  expect(document.violations[0]).toMatchObject({ kind: 'missing', missing: { Action: ['iam:CreateRole'] } });
  expect(exitCode).toBe(1);
});

test('several resources that lack the same action are shown together', async () => {
  const { err } = await policyFor('Foundation', (t) => {
    for (const name of ['one', 'two']) {
      t.add(name, { Type: 'AWS::Kinesis::Stream', Properties: {} });
    }
  });
  expect(err.split('\n').slice(2)).toEqual([
    '  ✗ undecided  AWS::Kinesis::Stream one of dev--Foundation: it is not known which actions CloudFormation calls for this type',
    '      also       two of dev--Foundation',
  ]);
});

test.each([
  [
    'a macro',
    (t: MutableTemplate) =>
      Object.assign(t.role('dev_support-chat_lambda'), { 'Fn::Transform': { Name: 'AWS::Include' } }),
    'macros change a template during its deployment; remove them',
  ],
  [
    'a condition that cannot be read',
    (t: MutableTemplate) => Object.assign(t.role('dev_support-chat_lambda'), { Condition: 'Nowhere' }),
    'Nowhere',
  ],
])('a template with %s is not proven', async (_, mutate, says) => {
  const { exitCode, out, err } = await policyFor('support-chat', mutate);
  expect(err).toContain('✗ undecided');
  expect(err).toContain(says);
  expect([exitCode, out]).toEqual([1, '']);
});

test('a line says that the policy names none of very many existing roles', async () => {
  const roles = Array.from({ length: 100 }, (_, i) => `      - role: service-${i}`).join('\n');
  const file = join(folder, 'many.yaml');
  const text = readFileSync(join(PROJECT, 'environments', 'dev.yaml'), 'utf8');
  writeFileSync(file, text.replace('      - role: support-chat-api', roles));
  const documents = await partsOf(file, 2);
  expect(documents.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  expect(documents.map(({ out }) => out).join()).toContain('"arn:aws:iam::111122223333:role/*"');
  expect(documents[0]?.err.split('\n')).toEqual([
    expect.stringMatching(/^✓ proven/),
    expect.stringMatching(/this is document 1 of 2/),
    '! the file names too many existing roles and users to list: the policies of dev may be attached to any role or user of the account.',
  ]);
});

test.each([
  ['--statements', 'plan dev --execution-policy --statements', 'give one of them'],
  ['--out', 'plan dev --execution-policy --out policy.json', 'redirect its output: --part 1 > execution-policy-1.json'],
  ['no --execution-policy', 'plan dev --assembly cdk.out', '--assembly needs --execution-policy'],
])('a command line with %s is wrong usage', async (_, line, says) => {
  const { exitCode, out, err } = await run(line.split(' '));
  expect(err).toContain(says);
  expect([exitCode, out]).toEqual([2, '']);
});

test('templates of another environment, account or Region are refused', async () => {
  const prod = new Assembly('prod');
  const environment = await policyOf('dev', '--part', '1', '--assembly', prod.original);
  expect(environment).toMatchObject({ exitCode: 2, out: '' });
  expect(environment.err).toContain("has no environment 'dev'; it has: prod");
  prod.dispose();

  const moved = join(folder, 'moved.yaml');
  const text = readFileSync(join(PROJECT, 'environments', 'dev.yaml'), 'utf8');
  writeFileSync(moved, text.replace('111122223333', '444455556667'));
  const account = await policyOf(moved, '--part', '1', '--assembly', dev.original);
  expect(account).toMatchObject({ exitCode: 2, out: '' });
  expect(account.err).toContain('was synthesized for 111122223333 in us-east-1, but dev is 444455556667 in us-east-1');
});

test('a policy that is too long for one document is printed document by document, and says so', async () => {
  const name = 'n'.repeat(20);
  const file = join(folder, 'long.yaml');
  const text = readFileSync(join(PROJECT, 'environments', 'prod.yaml'), 'utf8');
  writeFileSync(file, text.replace('name: prod', `name: ${name}`));
  const documents = await Promise.all(['1', '2', '3'].map((part) => policyOf(file, '--part', part)));
  expect(documents.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(documents[1]?.err).toContain('this is document 2 of 3: print each with --part N');
  const { exitCode, out, err } = await policyOf(file);
  expect([exitCode, out]).toEqual([2, '']);
  expect(err).toContain(
    `the policy of ${name} has 3 documents, because IAM limits the length of each; print all of them: npx bedrock-access plan ${name} --execution-policy --part 1 > execution-policy-1.json; npx`,
  );
  expect(JSON.parse((await policyOf(file, '--json')).out).policies).toEqual(
    documents.map((printed) => JSON.parse(printed.out)),
  );
  const statements = documents.flatMap(({ out }) => JSON.parse(out).Statement);
  expect(statements.length).toBeGreaterThan(10);
  expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
  expect(documents.filter(({ out }) => JSON.stringify(JSON.parse(out)).length > 6144)).toEqual([]);
});

test('a part that the policy does not have is refused', async () => {
  const { exitCode, out, err } = await policyOf('dev', '--part', '6');
  expect([exitCode, out]).toEqual([2, '']);
  expect(err).toContain('--part 6: the policy of dev has 2 documents');
});
