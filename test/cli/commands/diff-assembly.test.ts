import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { z } from 'zod';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { type AccessMatrix, accessMatrix } from '../../../lib/proof/matrix/access-matrix';
import { diffSchema } from '../../../lib/report/diff/diff-schema';
import { PROJECT } from '../../project';
import { Assembly, type MutableTemplate } from '../assembly';
import { DiffProject } from './diff-project';

const assembly = new Assembly('dev');
const project = new DiffProject();
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-diff-out-'));
const reviewed = join(folder, 'dev.json');
const matrix: AccessMatrix = accessMatrix('dev', readTemplateAccount(assembly.original, 'dev'), {
  budgets: { 'support-chat': 500 },
  controls: {},
});
writeFileSync(reviewed, JSON.stringify(matrix));

afterAll(() => {
  assembly.dispose();
  project.dispose();
  rmSync(folder, { recursive: true });
});

const budgets = (...shown: readonly string[]): string =>
  `! budgets and controls are not compared: a cdk.out folder does not have them (${shown.join(', ')})`;

test('templates and their own matrix do not differ, and budgets are not compared', async () => {
  expect(await project.diff([reviewed, assembly.original])).toEqual({
    exitCode: 0,
    out: ['dev: no principal gains or loses access', budgets(assembly.original)].join('\n'),
    err: '',
  });
});

test('a head that deploys something else than this checkout synthesizes is named, even if access is the same', async () => {
  const head = assembly.mutated('Foundation', (t) => {
    t.resource((r) => r.Properties.FunctionName === 'dev_limit').Properties.Timeout = 1;
  });
  project.write('environments/dev.yaml', readFileSync(join(PROJECT, 'environments', 'dev.yaml'), 'utf8'));
  const { out } = await project.diff([reviewed, head]);
  expect(out).toContain(
    `${head}, dev: 1 difference from what this checkout synthesizes; see: npx bedrock-access prove dev --assembly ${head}`,
  );
  expect((await project.diff([head, reviewed])).out).not.toContain('from what this checkout synthesizes');
  project.remove('environments/dev.yaml');
});

/** Changes a template, and returns the printed lines about principals and calls. */
async function mutated(mutate: (template: MutableTemplate) => void): Promise<{ exitCode: number; rows: string[] }> {
  const { exitCode, out } = await project.diff([reviewed, assembly.mutated('support-chat', mutate)]);
  return {
    exitCode,
    rows: out
      .split('\n')
      .filter((line) => /^ {2}[+~-] /.test(line))
      .map((line) => line.replaceAll(/ {2,}/g, '  ')),
  };
}

const LAMBDA = 'dev_support-chat_lambda';

test('a lost boundary fails', async () => {
  expect(await mutated((t) => delete t.role(LAMBDA).Properties.PermissionsBoundary)).toEqual({
    exitCode: 1,
    rows: [`  + role ${LAMBDA}: the permissions boundary dev_boundary is removed`],
  });
});

test('another principal that can assume a role fails', async () => {
  const { exitCode, rows } = await mutated((t) => {
    t.role(LAMBDA).Properties.AssumeRolePolicyDocument.Statement.push({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::999988887777:root' },
      Action: 'sts:AssumeRole',
    });
  });
  expect(rows).toEqual([`  + role ${LAMBDA}: its trust policy now lists account 999988887777`]);
  expect(exitCode).toBe(1);
});

test('a call without streams is narrower for all principals, and passes', async () => {
  const { exitCode, rows } = await mutated((t) => {
    t.statement('Fast', 'Model').Action = ['bedrock:InvokeModel'];
  });
  expect(rows).toEqual([
    ...[`role ${LAMBDA}`, 'role support-chat-api'].map(
      (who) =>
        `  - narrower  support-chat  ${who}  amazon.nova-lite-v1:0  us-east-1  alias fast, no longer bedrock:InvokeModelWithResponseStream`,
    ),
    '  ~ 2 probe roles change along with their applications',
  ]);
  expect(exitCode).toBe(0);
});

test('a resource that was not read and could give access is named', async () => {
  const changed = assembly.mutated('support-chat', (t) => t.add('Bucket', { Type: 'AWS::S3::Bucket', Properties: {} }));
  const { out } = await project.diff([assembly.original, changed]);
  expect(out.split('\n')).toEqual([
    'dev: no principal gains or loses access',
    budgets(assembly.original, changed),
    `! not looked at: ${changed}, dev: Bucket (AWS::S3::Bucket)`,
  ]);
});

test('--out and --json give the document of the schema, and --out a table of every change', async () => {
  const changed = assembly.mutated('support-chat', (t) => {
    delete t.role(LAMBDA).Properties.PermissionsBoundary;
    t.statement('Fast', 'Model').Action = ['bedrock:InvokeModel'];
  });
  const out = ['json', 'csv', 'md'].flatMap((ending) => ['--out', join(folder, `diff.${ending}`)]);
  const ran = await project.diff([reviewed, changed, '--json', ...out]);
  const document = JSON.parse(ran.out);
  expect(JSON.parse(readFileSync(join(folder, 'diff.json'), 'utf8'))).toEqual(document);
  expect(diffSchema.parse(document)).toEqual(document);
  const ajv = new Ajv({ strict: false });
  expect(ajv.validate(z.toJSONSchema(diffSchema, { target: 'draft-7' }), document)).toBe(true);
  expect(document).toMatchObject({ schemaVersion: 1, command: 'diff', exitCode: 1, failures: [{ choice: 'broader' }] });
  const [heading, ...rows] = readFileSync(join(folder, 'diff.csv'), 'utf8').trim().split('\r\n');
  expect(heading).toBe('environment,kind,change,application,alias,principal,before,after');
  expect(rows).toHaveLength(document.environments[0].changes.length + document.environments[0].along.length);
  expect(rows).toContain(`dev,boundary,broader,,,role ${LAMBDA},dev_boundary,`);
  expect(readFileSync(join(folder, 'diff.md'), 'utf8')).toMatch(/^\| environment \| kind \|/);
  expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});
