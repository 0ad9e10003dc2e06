import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplateAccount } from '../../lib/account/templates/template-account';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { proveAccess } from '../../lib/proof/access/prove-access';
import { testEnvironment } from '../plan/environments';
import { sharedAssembly } from '../stacks/shared-assembly';

const plan = planAccess(testEnvironment('prod'));
const copies = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
afterAll(() => rmSync(copies, { recursive: true }));

/** Writes the templates of prod, with a change in one file of its stage. */
function assemblyWith(file: RegExp, change: (text: string) => string): string {
  const folder = mkdtempSync(join(copies, 'cdk.out-'));
  cpSync(sharedAssembly(plan), folder, { recursive: true });
  const stage = join(folder, 'assembly-prod');
  const path = join(stage, readdirSync(stage).find((name) => file.test(name)) ?? '');
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(path, changed);
  return folder;
}

const withResource = (resource: object) => (text: string) => {
  const template = JSON.parse(text);
  return JSON.stringify({ ...template, Resources: { ...template.Resources, Later: resource } });
};

test('an environment lies in the Region of its own stacks, and its billing stack in us-east-1 is read too', () => {
  const account = readTemplateAccount(sharedAssembly(plan), 'prod');
  expect([account.region, account.unread]).toEqual(['eu-west-2', []]);
  expect(account.budgets.map(({ name }) => name)).toContain(plan.billing.budget?.name);
});

test('a stack in a third Region is refused', () => {
  const folder = assemblyWith(/^manifest\.json$/, (text) => text.replace('/us-east-1"', '/eu-north-1"'));
  expect(() => readTemplateAccount(folder, 'prod')).toThrow(
    /Billing\w*\.template\.json: is for another account or Region than the other stacks/,
  );
});

test.each([
  ['AWS::SSM::Parameter', { Name: '/bedrock-access/prod/support-chat/main', Type: 'String', Value: 'x' }],
  ['AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: 'x', Principal: '*' }],
])('a %s in the billing stack is undecided, because it belongs to another Region', (Type, Properties) => {
  const folder = assemblyWith(/Billing.*\.template\.json$/, withResource({ Type, Properties }));
  const { violations } = proveAccess(plan, readTemplateAccount(folder, 'prod'));
  expect(violations.map(({ kind, message }) => `${kind} ${message}`)).toContainEqual(
    expect.stringMatching(
      new RegExp(`^undecided .*Billing.*at Resources.Later: the access that ${Type} grants is not understood$`),
    ),
  );
});

test('a role in the billing stack is a role of the account', () => {
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'later', AssumeRolePolicyDocument: { Statement: [] } },
  };
  const account = readTemplateAccount(assemblyWith(/Billing.*\.template\.json$/, withResource(role)), 'prod');
  expect(account.principals.map(({ name }) => name)).toContain('later');
});
