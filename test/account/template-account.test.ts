import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Account } from '../../lib/account/account';
import { readTemplateAccount } from '../../lib/account/templates/template-account';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { serviceRoles } from '../../lib/plan/environment/service-roles';
import { resolveProfiles } from '../../lib/plan/parts/profile-reference';
import { policyDocument } from '../../lib/plan/parts/statement';
import { testEnvironment } from '../plan/environments';
import { sharedAssembly } from '../stacks/shared-assembly';

type Json = Readonly<Record<string, unknown>>;

const plan = planAccess(testEnvironment('dev'));
const folder = sharedAssembly(plan);
const account = readTemplateAccount(folder, 'dev');
const arnOf = (name: string): string => account.profiles.find((p) => p.name === name)?.arn ?? name;
const iam = 'arn:aws:iam::111122223333';

const small = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
afterAll(() => rmSync(small, { recursive: true }));

/** Writes a cloud assembly of one environment with one stack, which has these resources. */
function assemblyWith(
  resources: Json,
  { place = 'aws://111122223333/us-east-1', stacks = true, parameters = {} } = {},
) {
  const out = mkdtempSync(join(small, 'cdk.out-'));
  const stage = join(out, 'assembly-dev');
  mkdirSync(stage);
  const write = (file: string, value: unknown): void => writeFileSync(join(out, file), JSON.stringify(value));
  write('manifest.json', {
    artifacts: {
      'assembly-dev': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-dev', displayName: 'dev' } },
    },
  });
  const chat = {
    type: 'aws:cloudformation:stack',
    environment: place,
    properties: { templateFile: 'chat.template.json', stackName: 'dev--chat' },
  };
  write('assembly-dev/manifest.json', { artifacts: stacks ? { chat } : {} });
  write('assembly-dev/chat.assets.json', { files: {} });
  write('assembly-dev/chat.template.json', { Resources: resources, Parameters: parameters });
  return out;
}

const read = (resources: Json, options = {}) => readTemplateAccount(assemblyWith(resources, options), 'dev');

const document = { Version: '2012-10-17', Statement: [] };
const policy = (properties: Json, type = 'AWS::IAM::ManagedPolicy'): Json => ({
  Type: type,
  Properties: { ManagedPolicyName: 'access', PolicyDocument: document, ...properties },
});
const role = (properties: Json = {}): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: { RoleName: 'caller', AssumeRolePolicyDocument: document, ...properties },
});

test('an account has the account id, Region and partition of the environment file', () => {
  const { accountId, region, partition } = account;
  expect({ accountId, region, partition }).toEqual({
    accountId: '111122223333',
    region: 'us-east-1',
    partition: 'aws',
  });
});

test('every role of the plan has its policies, its boundary and its trust', () => {
  const boundaries = [plan.boundary, plan.probeBoundary].map((p) => ({
    name: p.arn,
    document: policyDocument(p.statements),
  }));
  for (const { name: application, roles, policies, tags } of plan.applications) {
    const attached = policies.map((p) => ({
      name: p.arn,
      document: policyDocument(resolveProfiles(p.statements, arnOf)),
    }));
    for (const { name, arn, trust, boundaryArn } of roles) {
      expect(account.principals.filter((p) => p.arn === arn)).toEqual([
        {
          kind: 'role',
          arn,
          name,
          tags,
          policies: attached,
          boundary: boundaries.find((b) => b.name === boundaryArn),
          trust: {
            name: `trust policy of ${name}`,
            document: policyDocument(trust),
          },
          complete: true,
        },
      ]);
    }
    expect([application, attached.length]).toEqual([application, 1]);
  }
});

test('existing roles and users have the policies that the templates attach, and are not complete', () => {
  const outside = account.principals.filter((p) => !p.complete);
  expect(outside.map(({ policies, ...p }) => ({ ...p, policies: policies.map((x) => x.name) }))).toEqual([
    {
      kind: 'role',
      arn: `${iam}:role/support-chat-api`,
      name: 'support-chat-api',
      tags: {},
      complete: false,
      policies: [`${iam}:policy/bedrock-access/dev/dev_support-chat_access-1`],
    },
    {
      kind: 'user',
      arn: `${iam}:user/alice`,
      name: 'alice',
      tags: {},
      complete: false,
      policies: [`${iam}:policy/bedrock-access/dev/dev_market-report_access-1`],
    },
  ]);
});

test('the only other role is that of the verification, whose boundary equals its policy', () => {
  const [verification, ...services] = serviceRoles(plan);
  const planned = new Set([...plan.applications.flatMap((a) => a.roles), ...services].map((r) => r.arn));
  const others = account.principals.filter((p) => p.complete && !planned.has(p.arn));
  const statements = policyDocument(verification?.policy.statements ?? []);
  const path = `${iam}:policy/bedrock-access/dev`;
  expect(others.map(({ arn, policies, boundary }) => ({ arn, policies, boundary }))).toEqual([
    {
      arn: `${iam}:role/bedrock-access/dev/dev_verification`,
      policies: [{ name: `${path}/dev_verification-access`, document: statements }],
      boundary: { name: `${path}/dev_verification-boundary`, document: statements },
    },
  ]);
});

test('each profile has an id and an ARN of its own, in the form of Bedrock, and its tags', () => {
  const generations = [plan.decoy, ...plan.applications.flatMap((a) => a.generations)];
  expect(account.profiles.map((p) => p.name).sort()).toEqual(generations.map((g) => g.profileName).sort());
  expect(account.profiles.filter((p) => !/^[0-9a-z]{12}$/.test(p.id))).toEqual([]);
  expect(new Set(account.profiles.map((p) => p.id)).size).toBe(generations.length);
  for (const { id, arn, name, copyFrom, tags } of account.profiles) {
    expect(arn).toBe(`arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${id}`);
    expect(copyFrom).toBe(generations.find((g) => g.profileName === name)?.copyFrom);
    expect(tags['BedrockAccess']).toBe(name === plan.decoy.profileName ? 'dev' : `dev/${tags['Application']}`);
  }
});

test('parameters hold ARNs, ids and JSON with every profile resolved', () => {
  const expected = plan.applications.flatMap(({ parameters, profileIds, generations }) => [
    ...parameters.flatMap(({ name, value, details }) => [
      { name, value: arnOf(value.replace(/^.*\{|\}$/g, '')) },
      { name: `${name}.json`, value: JSON.stringify(resolveProfiles(details, arnOf)) },
    ]),
    { name: profileIds.name, value: generations.map((g) => arnOf(g.profileName).split('/').at(-1)).join() },
  ]);
  expect([...account.parameters].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
    expected.sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
});

test('the verification function has its variables, its role and its code', () => {
  const [lambda] = account.functions;
  expect(account.functions.map(({ name }) => name)).toEqual(plan.functions.map(({ functionName }) => functionName));
  expect([lambda]).toEqual([
    {
      name: 'dev_verification',
      roleArn: `${iam}:role/bedrock-access/dev/dev_verification`,
      handler: 'index.handler',
      timeoutSeconds: 900,
      environment: resolveProfiles(plan.functions[0].variables, arnOf),
      codeDirectory: lambda?.codeDirectory,
    },
  ]);
  expect(readdirSync(lambda?.codeDirectory ?? '')).toEqual(['index.js']);
});

test('two syntheses of an environment give the same account, except for the folder', () => {
  const again = readTemplateAccount(sharedAssembly(plan), 'dev');
  const withoutFolder = ({ functions, origins, ...rest }: Account) => ({
    ...rest,
    functions: functions.map(({ codeDirectory, ...f }) => f),
    origins: [...origins].map(([name, { templateFile, ...o }]) => [name, { ...o, file: basename(templateFile) }]),
  });
  expect(withoutFolder(again)).toEqual(withoutFolder(account));
});

test('an attached policy that is in no template has no document', () => {
  const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
  const { principals } = read({ Role: role({ ManagedPolicyArns: [admin], PermissionsBoundary: admin }) });
  expect(principals.map(({ policies, boundary }) => ({ policies, boundary }))).toEqual([
    { policies: [{ name: admin, document: undefined }], boundary: { name: admin, document: undefined } },
  ]);
});

test('inline policies of every form are read', () => {
  const named = { PolicyName: 'own', ManagedPolicyName: undefined };
  const { principals } = read({
    Role: role({ Policies: [{ PolicyName: 'within', PolicyDocument: document }] }),
    User: { Type: 'AWS::IAM::User', Properties: { UserName: 'alice' } },
    A: policy({ ...named, Roles: [{ Ref: 'Role' }], Users: ['alice'] }, 'AWS::IAM::Policy'),
    B: policy({ ...named, PolicyName: 'beside', RoleName: { Ref: 'Role' } }, 'AWS::IAM::RolePolicy'),
    C: policy({ ...named, PolicyName: 'of a user', UserName: 'alice' }, 'AWS::IAM::UserPolicy'),
  });
  expect(principals.map((p) => [p.name, p.policies.map((x) => x.name)])).toEqual([
    ['caller', ['inline policy own', 'inline policy beside', 'inline policy within']],
    ['alice', ['inline policy own', 'inline policy of a user']],
  ]);
});

const bootstrap = { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/hnb659fds/version' };

test.each<[name: string, parameter: Json]>([
  ['text', { Type: 'String', Default: '21' }],
  ['the text of another parameter', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/a' }],
  ['an alias of the project', { ...bootstrap, Default: '/bedrock-access/dev/support-chat/main' }],
  ['a list', { ...bootstrap, Type: 'AWS::SSM::Parameter::Value<List<String>>' }],
  ['a version below another one', { ...bootstrap, Default: '/cdk-bootstrap/a/b/version' }],
  ['a version without default', { Type: bootstrap.Type }],
])('the parameter BootstrapVersion is not exempt by its name: %s', (_, BootstrapVersion) => {
  expect(read({}, { parameters: { BootstrapVersion } }).unread).toMatchObject([{ logicalId: 'BootstrapVersion' }]);
});

test('the version of the bootstrap stack may be a parameter of any name, but nothing may refer to it', () => {
  const resources = { A: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a', Value: { Ref: 'Version' } } } };
  expect(read({}, { parameters: { Version: bootstrap } }).unread).toEqual([]);
  expect(errorOf(() => read(resources, { parameters: { Version: bootstrap } }))).toMatch(
    /at Resources\.A\.Properties\.Value\.Ref: only a deployment decides the parameter 'Version'; write the value itself$/,
  );
});

test.each<[name: string, resource: Json, message: string]>([
  ['a group', { Type: 'AWS::IAM::Group' }, ': the type AWS::IAM::Group is not understood'],
  [
    'a member of groups',
    { Type: 'AWS::IAM::UserToGroupAddition' },
    ': the type AWS::IAM::UserToGroupAddition is not understood',
  ],
  ['a nested stack', { Type: 'AWS::CloudFormation::Stack' }, ': the type AWS::CloudFormation::Stack is not understood'],
  [
    'a policy of groups',
    policy({ Groups: ['admins'] }),
    '.Properties.Groups: groups are not understood; attach policies to roles or users',
  ],
  [
    'a user in groups',
    { Type: 'AWS::IAM::User', Properties: { Groups: ['admins'] } },
    '.Properties.Groups: groups are not understood; attach policies to roles or users',
  ],
  ['roles that are text', policy({ Roles: 'caller' }), '.Properties.Roles: must be a list of text'],
  ['inline policies that are text', role({ Policies: 'x' }), '.Properties.Policies: must be a list of maps'],
  ['an inline policy that is null', role({ Policies: [null] }), '.Properties.Policies: must be a list of maps'],
  ['a boundary that is a list', role({ PermissionsBoundary: ['x'] }), '.Properties.PermissionsBoundary: must be text'],
  ['tags that are text', role({ Tags: ['x'] }), '.Properties.Tags: must be a list of maps'],
  [
    'a parameter without value',
    { Type: 'AWS::SSM::Parameter', Properties: { Name: '/a' } },
    '.Properties.Value: must be text',
  ],
  [
    'a profile of an unknown model',
    {
      Type: 'AWS::Bedrock::ApplicationInferenceProfile',
      Properties: { InferenceProfileName: 'p', ModelSource: { CopyFrom: 'a/acme.large' } },
    },
    ".Properties.ModelSource: 'a/acme.large' is not a model in the catalog",
  ],
  [
    'a function whose code is not an asset',
    { Type: 'AWS::Lambda::Function', Properties: { Role: 'r', Handler: 'h', Code: { ZipFile: 'x' } } },
    '.Properties.Code: is not an asset of this assembly',
  ],
])('%s is refused', (_, resource, message) => {
  expect(errorOf(() => read({ Wrong: resource }))).toMatch(
    new RegExp(`^TemplateError: .*chat\\.template\\.json at Resources\\.Wrong${escaped(message)}$`),
  );
});

/** Adds a stack with the role `evil` to a folder of the assembly, displayed under a name. */
function withStack(out: string, stage: string, displayName: string | undefined): string {
  const write = (file: string, value: unknown): void => writeFileSync(join(out, stage, file), JSON.stringify(value));
  const manifest = join(out, stage, 'manifest.json');
  mkdirSync(join(out, stage), { recursive: true });
  const { artifacts = {} } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {};
  const evil = {
    type: 'aws:cloudformation:stack',
    environment: 'aws://111122223333/us-east-1',
    properties: { templateFile: 'evil.template.json', stackName: 'evil' },
    ...(displayName !== undefined && { displayName }),
  };
  write('manifest.json', { artifacts: { ...artifacts, [displayName === undefined ? 'dev' : 'evil']: evil } });
  write(`${displayName === undefined ? 'dev' : 'evil'}.assets.json`, { files: {} });
  write('evil.template.json', { Resources: { Evil: role({ RoleName: 'evil' }) } });
  return out;
}

function withStage(out: string, folderName: string, displayName: string): string {
  const { artifacts } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
  const properties = { directoryName: folderName, displayName };
  artifacts[folderName] = { type: 'cdk:cloud-assembly', properties };
  writeFileSync(join(out, 'manifest.json'), JSON.stringify({ artifacts }));
  return out;
}

test.each<[where: string, verb: 'is read' | 'is not read', out: () => string]>([
  ['in the stage', 'is read', () => withStack(assemblyWith({}), 'assembly-dev', 'dev/Evil')],
  ['in the stage under another name', 'is read', () => withStack(assemblyWith({}), 'assembly-dev', 'other/Evil')],
  ['beside the stage, in the name of the environment', 'is read', () => withStack(assemblyWith({}), '.', 'dev/Evil')],
  ['beside the stage, deep in its name', 'is read', () => withStack(assemblyWith({}), '.', 'dev/a/b')],
  ['beside the stage, as the environment', 'is read', () => withStack(assemblyWith({}), '.', 'dev')],
  ['beside the stage, without a name', 'is read', () => withStack(assemblyWith({}), '.', undefined)],
  ['with a backslash', 'is read', () => withStack(assemblyWith({}), '.', 'dev\\Evil')],
  [
    'in a second stage of the name',
    'is read',
    () => withStage(withStack(assemblyWith({}), 'more', 'Evil'), 'more', 'dev'),
  ],
  ['in another stage', 'is read', () => withStage(withStack(assemblyWith({}), 'more', 'dev/Evil'), 'more', 'prod')],
  [
    'of another stage',
    'is not read',
    () => withStage(withStack(assemblyWith({}), 'more', 'prod/Evil'), 'more', 'prod'),
  ],
  ['of a longer name', 'is not read', () => withStack(assemblyWith({}), '.', 'dev2/Evil')],
  ['of no stage', 'is not read', () => withStack(assemblyWith({}), '.', 'Evil')],
])('a stack %s %s', (_, verb, out) => {
  const isRead = readTemplateAccount(out(), 'dev').principals.some(({ name }) => name === 'evil');
  expect(isRead).toBe(verb === 'is read');
});

function broken(file: string, change: (text: string) => string): string {
  const out = assemblyWith({});
  writeFileSync(join(out, file), change(readFileSync(join(out, file), 'utf8')));
  return out;
}

test.each<[name: string, out: () => string, environment: string, message: string]>([
  [
    'a folder that does not exist',
    () => join(small, 'none'),
    'dev',
    'manifest.json: cannot be read (ENOENT); synthesize again with: npx cdk synth',
  ],
  [
    'an empty folder',
    () => mkdtempSync(join(small, 'empty-')),
    'dev',
    'manifest.json: cannot be read (ENOENT); synthesize again with: npx cdk synth',
  ],
  ['another environment', () => assemblyWith({}), 'prod', "has no environment 'prod'; it has: dev"],
  ['a misspelt environment', () => assemblyWith({}), 'deb', "has no environment 'deb'; did you mean 'dev'?"],
  [
    'a truncated template',
    () => broken('assembly-dev/chat.template.json', (t) => t.slice(0, -5)),
    'dev',
    'chat.template.json: is not JSON; synthesize again with: npx cdk synth',
  ],
  [
    'a template that is a list',
    () => broken('assembly-dev/chat.template.json', () => '[]'),
    'dev',
    'chat.template.json: is not a JSON object; synthesize again with: npx cdk synth',
  ],
  [
    'a template with a key twice',
    () => broken('assembly-dev/chat.template.json', (t) => t.replace('{', '{"Resources":{},')),
    'dev',
    'chat.template.json: has the key Resources twice (the second at line 1, column 17); remove one of them; synthesize again with: npx cdk synth',
  ],
  [
    'a list of assets with a key twice',
    () => broken('assembly-dev/chat.assets.json', () => '{"files":{"a":{},"\\u0061":{}}}'),
    'dev',
    'chat.assets.json: has the key files.a twice (the second at line 1, column 18); remove one of them; synthesize again with: npx cdk synth',
  ],
  [
    'a manifest of a stage with a key twice',
    () => broken('assembly-dev/manifest.json', (t) => t.replace('"type"', '"type":"cdk:tree","type"')),
    'dev',
    'manifest.json: has the key artifacts.chat.type twice (the second at line 1, column 41); remove one of them; synthesize again with: npx cdk synth',
  ],
  [
    'a manifest with an environment twice',
    () => broken('manifest.json', (t) => t.replace('"assembly-dev":', '"assembly-dev":{},"assembly-dev":')),
    'dev',
    'manifest.json: has the key artifacts.assembly-dev twice (the second at line 1, column 33); remove one of them; synthesize again with: npx cdk synth',
  ],
  [
    'a truncated manifest',
    () => broken('manifest.json', (t) => t.slice(0, 9)),
    'dev',
    'manifest.json: is not JSON; synthesize again with: npx cdk synth',
  ],
  [
    'a manifest without artifacts',
    () => broken('manifest.json', () => '{"artifacts":[null]}'),
    'dev',
    "has no environment 'dev'; it has: none; name the folder that cdk synth wrote, such as cdk.out",
  ],
  [
    'artifacts that are null',
    () => broken('manifest.json', () => '{"artifacts":{"a":null}}'),
    'dev',
    "has no environment 'dev'; it has: none; name the folder that cdk synth wrote, such as cdk.out",
  ],
  ['a stage without stacks', () => assemblyWith({}, { stacks: false }), 'dev', "the environment 'dev' has no stacks"],
  [
    'a stack without account and Region',
    () => assemblyWith({}, { place: 'aws://unknown-account/unknown-region' }),
    'dev',
    'chat.template.json: has no account and Region; set env on the stage',
  ],
])('%s is an error with a message in one sentence', (_, out, environment, message) => {
  expect(errorOf(() => readTemplateAccount(out(), environment))).toMatch(
    new RegExp(`^TemplateError: .*${escaped(message)}$`),
  );
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function errorOf(run: () => unknown): string {
  try {
    run();
    return 'no error';
  } catch (error) {
    return String(error);
  }
}
