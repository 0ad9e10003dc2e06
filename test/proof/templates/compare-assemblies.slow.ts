import { type AssemblyContent, readAssemblyContent } from '../../../lib/account/templates/assembly-content';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { type AssemblyDifference, compareAssemblies } from '../../../lib/proof/templates/compare-assemblies';
import { testEnvironment } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';

type Json = { [key: string]: unknown };
type Path = readonly (string | number)[];

const plan = planAccess(testEnvironment('prod'));
const whole = readAssemblyContent(sharedAssembly(plan), 'prod');

/** A part of the content, because a comparison of a whole assembly takes a tenth of a second. */
function only(stack: string): AssemblyContent {
  return {
    manifests: {},
    assetLists: {},
    files: {},
    stacks: whole.stacks.filter((s) => s.displayName === `prod/${stack}`),
  };
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Json | undefined)?.[key], value);
}

/** Returns a copy in which one value is set, or removed if it is `undefined`. */
function set<T>(original: T, path: Path, value: unknown): T {
  const copy = structuredClone(original);
  const parent = at(copy, path.slice(0, -1)) as Json;
  const key = path.at(-1) as string;
  if (value === undefined) {
    delete parent[key];
  } else {
    parent[key] = value;
  }
  return copy;
}

/** Returns the logical ID of the first resource of a type, or of the one with a property of this value. */
function idOf(content: AssemblyContent, type: string, property?: readonly [name: string, value: unknown]): string {
  const resources = Object.entries(content.stacks[0]?.template['Resources'] as Readonly<Record<string, Json>>);
  const [id] =
    resources.find(
      ([, r]) => r['Type'] === type && (property === undefined || at(r, ['Properties', property[0]]) === property[1]),
    ) ?? [];
  if (id === undefined) {
    throw new Error(`the stack has no ${type} with ${property}`);
  }
  return id;
}

const [FUNCTION, INVOKED, ROLE, GATE] = [
  'AWS::Lambda::Function',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::IAM::Role',
  'Custom::BedrockAccessGate',
];
const [ALARM, POLICY] = ['AWS::CloudWatch::Alarm', 'AWS::IAM::ManagedPolicy'];
const evil = 'arn:aws:sns:us-east-1:999999999999:evil';

type Row = readonly [
  title: string,
  stack: string,
  type: string,
  property: readonly [string, unknown] | undefined,
  path: Path,
  value: unknown,
];

const limit = ['FunctionName', 'prod_limit'] as const;
const meter = ['FunctionName', 'prod_meter'] as const;
const verification = ['FunctionName', 'prod_verification'] as const;

const changed: readonly Row[] = [
  [
    'the code in somebody else’s bucket',
    'Foundation',
    FUNCTION,
    verification,
    ['Properties', 'Code', 'S3Bucket'],
    'evil',
  ],
  [
    'another version of the code',
    'Foundation',
    FUNCTION,
    verification,
    ['Properties', 'Code', 'S3ObjectVersion'],
    'v1',
  ],
  ['another object with the code', 'Foundation', FUNCTION, limit, ['Properties', 'Code', 'S3Key'], 'evil.zip'],
  ['code as an image', 'Foundation', FUNCTION, verification, ['Properties', 'Code', 'ImageUri'], 'evil:latest'],
  ['code in the template', 'Foundation', FUNCTION, meter, ['Properties', 'Code', 'ZipFile'], 'exports.handler = 1'],
  ['code of another key', 'Foundation', FUNCTION, meter, ['Properties', 'Code', 'SourceKMSKeyArn'], 'arn:aws:kms:x'],
  ['a package that is an image', 'Foundation', FUNCTION, verification, ['Properties', 'PackageType'], 'Image'],
  ['a file system', 'Foundation', FUNCTION, verification, ['Properties', 'FileSystemConfigs'], [{ Arn: 'a' }]],
  ['a layer', 'Foundation', FUNCTION, verification, ['Properties', 'Layers'], ['arn:aws:lambda:us-east-1:9:layer:l:1']],
  ['another runtime', 'Foundation', FUNCTION, verification, ['Properties', 'Runtime'], 'provided.al2023'],
  [
    'a pinned runtime',
    'Foundation',
    FUNCTION,
    limit,
    ['Properties', 'RuntimeManagementConfig'],
    { UpdateRuntimeOn: 'Manual' },
  ],
  ['another handler', 'Foundation', FUNCTION, meter, ['Properties', 'Handler'], 'other.handler'],
  [
    'a variable of Node',
    'Foundation',
    FUNCTION,
    verification,
    ['Properties', 'Environment', 'Variables', 'NODE_OPTIONS'],
    '-r x',
  ],
  ['a network of its own', 'Foundation', FUNCTION, limit, ['Properties', 'VpcConfig'], { SubnetIds: ['subnet-1'] }],
  ['no concurrency for the limit', 'Foundation', FUNCTION, limit, ['Properties', 'ReservedConcurrentExecutions'], 0],
  ['no concurrency for the meter', 'Foundation', FUNCTION, meter, ['Properties', 'ReservedConcurrentExecutions'], 0],
  ['one second for the limit', 'Foundation', FUNCTION, limit, ['Properties', 'Timeout'], 1],
  ['one second for the meter', 'Foundation', FUNCTION, meter, ['Properties', 'Timeout'], 1],
  ['little memory', 'Foundation', FUNCTION, limit, ['Properties', 'MemorySize'], 128.5],
  ['a queue for failures', 'Foundation', FUNCTION, limit, ['Properties', 'DeadLetterConfig'], { TargetArn: evil }],
  ['a log elsewhere', 'Foundation', FUNCTION, limit, ['Properties', 'LoggingConfig'], { LogGroup: 'evil' }],
  ['a function that stays', 'Foundation', FUNCTION, limit, ['DeletionPolicy'], 'Retain'],
  ['a function without dependencies', 'Foundation', FUNCTION, verification, ['DependsOn'], undefined],
  ['a function under a condition', 'Foundation', FUNCTION, limit, ['Condition'], 'Never'],
  [
    'a destination elsewhere',
    'Foundation',
    INVOKED,
    undefined,
    ['Properties', 'DestinationConfig'],
    { OnFailure: { Destination: evil } },
  ],
  ['a short-lived event', 'Foundation', INVOKED, undefined, ['Properties', 'MaximumEventAgeInSeconds'], 61],
  ['another qualifier', 'Foundation', INVOKED, undefined, ['Properties', 'Qualifier'], 'live'],
  ['a repeated call', 'Foundation', INVOKED, undefined, ['Properties', 'MaximumRetryAttempts'], 2],
  ['a log that ends early', 'Foundation', 'AWS::Logs::LogGroup', undefined, ['Properties', 'RetentionInDays'], 1],
  [
    'a provider of another issuer',
    'Foundation',
    'AWS::IAM::OIDCProvider',
    undefined,
    ['Properties', 'Url'],
    'https://evil.example',
  ],
  [
    'a provider for another audience',
    'Foundation',
    'AWS::IAM::OIDCProvider',
    undefined,
    ['Properties', 'ClientIdList'],
    ['evil'],
  ],
  [
    'a provider with a thumbprint',
    'Foundation',
    'AWS::IAM::OIDCProvider',
    undefined,
    ['Properties', 'ThumbprintList'],
    ['0'.repeat(40)],
  ],
  ['a role that stays', 'support-chat', ROLE, undefined, ['DeletionPolicy'], 'Retain'],
  ['a replaced role that stays', 'support-chat', ROLE, undefined, ['UpdateReplacePolicy'], 'Retain'],
  ['sessions of twelve hours', 'support-chat', ROLE, undefined, ['Properties', 'MaxSessionDuration'], 43_200],
  ['a role at another path', 'support-chat', ROLE, undefined, ['Properties', 'Path'], '/'],
  ['a role of another name', 'support-chat', ROLE, undefined, ['Properties', 'RoleName'], 'evil'],
  [
    'a role with more policies',
    'support-chat',
    ROLE,
    undefined,
    ['Properties', 'ManagedPolicyArns'],
    ['arn:aws:iam::aws:policy/AdministratorAccess'],
  ],
  ['a role without a boundary', 'support-chat', ROLE, undefined, ['Properties', 'PermissionsBoundary'], undefined],
  [
    'a role without a trust policy',
    'support-chat',
    ROLE,
    undefined,
    ['Properties', 'AssumeRolePolicyDocument'],
    undefined,
  ],
  ['a policy at another path', 'support-chat', POLICY, undefined, ['Properties', 'Path'], '/'],
  ['a policy without a document', 'support-chat', POLICY, undefined, ['Properties', 'PolicyDocument'], undefined],
  ['a policy of groups', 'support-chat', POLICY, undefined, ['Properties', 'Groups'], ['everyone']],
  ['a policy that stays', 'support-chat', POLICY, undefined, ['DeletionPolicy'], 'RetainExceptOnCreate'],
  ['a gate without aliases', 'support-chat', GATE, undefined, ['Properties', 'Aliases'], {}],
  ['a gate that depends on nothing', 'support-chat', GATE, undefined, ['DependsOn'], []],
  ['a gate with a constant digest', 'support-chat', GATE, undefined, ['Properties', 'Judged'], 'always'],
  ['a gate that only warns', 'support-chat', GATE, undefined, ['Properties', 'OnFailure'], 'warn'],
  ['a gate of another application', 'support-chat', GATE, undefined, ['Properties', 'Application'], 'code-review'],
  [
    'a gate that calls another function',
    'support-chat',
    GATE,
    undefined,
    ['Properties', 'ServiceToken'],
    'arn:aws:lambda:x',
  ],
  ['a gate with little time', 'support-chat', GATE, undefined, ['Properties', 'ServiceTimeout'], 1],
  ['a gate of another type', 'support-chat', GATE, undefined, ['Type'], 'Custom::Other'],
  ['a gate that is deleted', 'support-chat', GATE, undefined, ['DeletionPolicy'], 'Delete'],
  ['an alarm to another topic', 'support-chat', ALARM, undefined, ['Properties', 'AlarmActions'], [evil]],
  ['a silent alarm', 'support-chat', ALARM, undefined, ['Properties', 'ActionsEnabled'], false],
  ['an alarm above everything', 'support-chat', ALARM, undefined, ['Properties', 'Threshold'], 1e9],
  ['an alarm that needs many periods', 'support-chat', ALARM, undefined, ['Properties', 'EvaluationPeriods'], 100],
  [
    'an alarm that ignores missing values',
    'support-chat',
    ALARM,
    undefined,
    ['Properties', 'TreatMissingData'],
    'ignore',
  ],
  [
    'an alarm the other way round',
    'support-chat',
    ALARM,
    undefined,
    ['Properties', 'ComparisonOperator'],
    'LessThanThreshold',
  ],
  ['another dashboard', 'Dashboard', 'AWS::CloudWatch::Dashboard', undefined, ['Properties', 'DashboardBody'], '{}'],
  [
    'an alias that names something else',
    'support-chat',
    'AWS::SSM::Parameter',
    undefined,
    ['Properties', 'Value'],
    'evil',
  ],
  ['an alias of another type', 'support-chat', 'AWS::SSM::Parameter', undefined, ['Properties', 'Type'], 'StringList'],
  [
    'an alias with a policy',
    'support-chat',
    'AWS::SSM::Parameter',
    undefined,
    ['Properties', 'Policies'],
    '[{"Type":"Expiration"}]',
  ],
  [
    'a profile that stays',
    'support-chat',
    'AWS::Bedrock::ApplicationInferenceProfile',
    undefined,
    ['DeletionPolicy'],
    'Retain',
  ],
  [
    'a profile of another model',
    'support-chat',
    'AWS::Bedrock::ApplicationInferenceProfile',
    undefined,
    ['Properties', 'ModelSource', 'CopyFrom'],
    'm',
  ],
  [
    'a higher budget',
    'support-chat',
    'AWS::Budgets::Budget',
    undefined,
    ['Properties', 'Budget', 'BudgetLimit', 'Amount'],
    1e6,
  ],
  [
    'a budget that tells nobody',
    'support-chat',
    'AWS::Budgets::Budget',
    undefined,
    ['Properties', 'NotificationsWithSubscribers'],
    [],
  ],
  [
    'a denial that waits for a person',
    'market-report',
    'AWS::Budgets::BudgetsAction',
    undefined,
    ['Properties', 'ApprovalModel'],
    'MANUAL',
  ],
  [
    'a denial at ten times the budget',
    'market-report',
    'AWS::Budgets::BudgetsAction',
    undefined,
    ['Properties', 'ActionThreshold', 'Value'],
    1000,
  ],
  ['a rule that is off', 'Overview', 'AWS::Events::Rule', undefined, ['State'], 'DISABLED'],
  [
    'a rule once a year',
    'Overview',
    'AWS::Events::Rule',
    undefined,
    ['Properties', 'ScheduleExpression'],
    'rate(365 days)',
  ],
  ['anyone may call a function', 'Overview', 'AWS::Lambda::Permission', undefined, ['Properties', 'Principal'], '*'],
  ['a key that is not rotated', 'Foundation', 'AWS::KMS::Key', undefined, ['Properties', 'EnableKeyRotation'], false],
  ['a key that is off', 'Foundation', 'AWS::KMS::Key', undefined, ['Properties', 'Enabled'], false],
  ['a topic without a key', 'Foundation', 'AWS::SNS::Topic', undefined, ['Properties', 'KmsMasterKeyId'], undefined],
  [
    'metadata that CloudFormation acts on',
    'Foundation',
    FUNCTION,
    limit,
    ['Metadata'],
    { 'AWS::CloudFormation::Init': {} },
  ],
];

test.each(changed)('%s is a difference with both values', (_, stack, type, property, path, value) => {
  const expected = only(stack);
  const id = idOf(expected, type, property);
  const place = ['stacks', 0, 'template', 'Resources', id, ...path];
  const found = set(expected, place, value);
  const differences = compareAssemblies(found, expected);
  // A change inside a map or a list is shown where it is.
  expect(differences.length).toBeGreaterThan(0);
  for (const difference of differences) {
    expect(difference).toMatchObject({ place: `prod/${stack} / ${id}`, logicalId: id });
    expect(`${difference.path}.`).toContain(`${path.join('.')}`);
    expect(difference.found).not.toEqual(difference.expected);
  }
});

test('a changed value is shown with its place, the value found and the value expected', () => {
  const expected = only('Foundation');
  const id = idOf(expected, FUNCTION, limit);
  const place = ['stacks', 0, 'template', 'Resources', id, 'Properties', 'Timeout'];
  expect(compareAssemblies(set(expected, place, 1), expected)).toEqual([
    {
      place: `prod/Foundation / ${id}`,
      path: 'Properties.Timeout',
      logicalId: id,
      found: 1,
      expected: at(expected, place),
    },
  ]);
});

const foundation = ['stacks', 0, 'template'];
const sections: readonly (readonly [title: string, path: Path, value: unknown])[] = [
  ['a version of the bootstrap stack that is text', ['Parameters', 'BootstrapVersion', 'Type'], 'String'],
  [
    'a version that is one of the aliases',
    ['Parameters', 'BootstrapVersion', 'Default'],
    '/bedrock-access/prod/a/main',
  ],
  ['a second parameter', ['Parameters', 'Other'], { Type: 'String', Default: 'a' }],
  ['no parameters', ['Parameters'], undefined],
  ['a condition', ['Conditions'], { Judged: { 'Fn::Equals': [{ Ref: 'AWS::StackId' }, 'a'] } }],
  ['a mapping', ['Mappings'], { A: { b: { c: 'd' } } }],
  ['a macro', ['Transform'], 'AWS::LanguageExtensions'],
  ['a hook', ['Hooks'], { H: { Type: 'AWS::CodeDeploy::BlueGreen' } }],
  ['no rules', ['Rules'], undefined],
  ['another rule', ['Rules', 'CheckBootstrapVersion', 'Assertions'], []],
  ['an output', ['Outputs', 'Leak'], { Value: { 'Fn::GetAtt': ['Boundary', 'PolicyArn'] } }],
  ['an exported output', ['Outputs', 'Leak'], { Value: 'a', Export: { Name: 'a' } }],
  ['another format', ['AWSTemplateFormatVersion'], '2010-09-09'],
  ['another description', ['Description'], 'nothing to see here'],
  ['metadata of the template', ['Metadata'], { 'AWS::CloudFormation::Interface': {} }],
  ['another resource', ['Resources', 'More'], { Type: 'AWS::SNS::Topic' }],
  [
    'a resource that looks like the usage report',
    ['Resources', 'CDKMetadata'],
    { Type: 'AWS::CDK::Metadata', Properties: { Analytics: { Ref: 'A' } } },
  ],
  [
    'a usage report with dependencies',
    ['Resources', 'CDKMetadata'],
    { Type: 'AWS::CDK::Metadata', Properties: {}, DependsOn: ['A'] },
  ],
  [
    'a usage report that reads a secret',
    ['Resources', 'CDKMetadata'],
    { Type: 'AWS::CDK::Metadata', Properties: { Analytics: '{{resolve:secretsmanager:a}}' } },
  ],
  ['metadata that reads a secret', ['Resources', 'Boundary', 'Metadata'], { 'aws:cdk:path': '{{resolve:ssm:/a}}' }],
  ['metadata that refers to a resource', ['Resources', 'Boundary', 'Metadata'], { 'aws:cdk:path': { Ref: 'a' } }],
  ['resources that are a list', ['Resources'], []],
];

test.each(sections)('%s is a difference of the template', (_, path, value) => {
  const expected = only('Foundation');
  const found = set(expected, [...foundation, ...path], value);
  expect(compareAssemblies(found, expected)).not.toEqual([]);
});

test.each(['support-chat', 'Foundation', 'Overview', 'market-report', 'Billing'])(
  'a resource that is missing from %s is a difference',
  (stack) => {
    const expected = only(stack);
    for (const id of Object.keys(expected.stacks[0]?.template['Resources'] as Json)) {
      const found = set(expected, [...foundation, 'Resources', id], undefined);
      expect(compareAssemblies(found, expected)).toMatchObject([{ place: `prod/${stack} / ${id}`, found: undefined }]);
    }
  },
);

/** The manifests, the lists of assets and the digests of their files, without the templates. */
const files: AssemblyContent = { ...whole, stacks: whole.stacks.map((stack) => ({ ...stack, template: {} })) };
const [STAGE, ROOT] = ['assembly-prod/manifest.json', 'manifest.json'];
const stackId = whole.stacks.find(({ displayName }) => displayName === 'prod/Foundation')?.id ?? '';
const list = `assembly-prod/${stackId}.assets.json`;
const listed = Object.entries(at(whole.assetLists, [list, 'files']) as Readonly<Record<string, Json>>);
const [codeName = ''] = listed.find(([, file]) => at(file, ['source', 'packaging']) === 'zip') ?? [];
const [templateName = ''] = listed.find(([, file]) => at(file, ['source', 'packaging']) === 'file') ?? [];
const [codeFile = ''] = Object.keys(whole.files);
const stackProperties: Path = ['manifests', STAGE, 'artifacts', stackId, 'properties'];
const destination = (name: string): Path => ['assetLists', list, 'files', name, 'destinations', 0];
const digest = '0'.repeat(64);

test.each<[title: string, path: Path, value: unknown]>([
  [
    'a second stage of the same name',
    ['manifests', ROOT, 'artifacts', 'assembly-more'],
    { type: 'cdk:cloud-assembly' },
  ],
  ['a stage of another name', ['manifests', ROOT, 'artifacts', 'assembly-prod', 'properties', 'displayName'], 'x'],
  ['a stage in another folder', ['manifests', ROOT, 'artifacts', 'assembly-prod', 'properties', 'directoryName'], 'x'],
  ['context that is missing', ['manifests', ROOT, 'missing'], [{ key: 'a' }]],
  ['another stack', ['manifests', STAGE, 'artifacts', 'Evil'], { type: 'aws:cloudformation:stack' }],
  ['a missing stack', ['manifests', STAGE, 'artifacts', stackId], undefined],
  ['a stack of another name', [...stackProperties, 'stackName'], 'other'],
  ['a stack that is displayed otherwise', ['manifests', STAGE, 'artifacts', stackId, 'displayName'], 'prod/Other'],
  [
    'a stack of another account',
    ['manifests', STAGE, 'artifacts', stackId, 'environment'],
    'aws://999999999999/us-east-1',
  ],
  ['another execution role', [...stackProperties, 'cloudFormationExecutionRoleArn'], 'arn:aws:iam::1:role/evil'],
  ['no execution role', [...stackProperties, 'cloudFormationExecutionRoleArn'], undefined],
  ['another deploy role', [...stackProperties, 'assumeRoleArn'], 'arn:aws:iam::1:role/evil'],
  ['an external id', [...stackProperties, 'assumeRoleExternalId'], 'a'],
  ['options of the deploy role', [...stackProperties, 'assumeRoleAdditionalOptions'], { Tags: [] }],
  ['another lookup role', [...stackProperties, 'lookupRole', 'arn'], 'arn:aws:iam::1:role/evil'],
  ['a parameter', [...stackProperties, 'parameters'], { BootstrapVersion: '/bedrock-access/prod/a/main' }],
  ['a tag of the stack', [...stackProperties, 'tags', 'Application'], 'other'],
  ['no tags of the stack', [...stackProperties, 'tags'], undefined],
  ['a topic that is notified', [...stackProperties, 'notificationArns'], [evil]],
  ['termination protection', [...stackProperties, 'terminationProtection'], true],
  ['another template', [...stackProperties, 'templateFile'], 'other.template.json'],
  ['no template in the bucket', [...stackProperties, 'stackTemplateAssetObjectUrl'], undefined],
  [
    'a template of another bucket',
    [...stackProperties, 'stackTemplateAssetObjectUrl'],
    `s3://evil/${templateName}.json`,
  ],
  ['another template of the bucket', [...stackProperties, 'stackTemplateAssetObjectUrl'], `s3://b/${digest}.json`],
  ['another version parameter', [...stackProperties, 'bootstrapStackVersionSsmParameter'], '/a'],
  ['a lower bootstrap version', [...stackProperties, 'requiresBootstrapStackVersion'], 1],
  ['no dependencies', ['manifests', STAGE, 'artifacts', stackId, 'dependencies'], []],
  ['another list of assets', ['manifests', STAGE, 'artifacts', `${stackId}.assets`, 'properties', 'file'], 'x.json'],
  ['an asset in the metadata', ['manifests', STAGE, 'artifacts', stackId, 'metadata', 5], { type: 'aws:cdk:asset' }],
  ['an asset from another folder', ['assetLists', list, 'files', codeName, 'source', 'path'], '../asset.other'],
  ['an asset from outside', ['assetLists', list, 'files', codeName, 'source', 'path'], '/etc'],
  ['an asset that a program makes', ['assetLists', list, 'files', codeName, 'source', 'executable'], ['sh', '-c', 'x']],
  ['an asset that is not zipped', ['assetLists', list, 'files', codeName, 'source', 'packaging'], 'file'],
  ['an asset for another bucket', [...destination(codeName), 'bucketName'], 'evil'],
  ['an asset under another name', [...destination(codeName), 'objectKey'], 'evil.zip'],
  ['an asset of another role', [...destination(codeName), 'assumeRoleArn'], 'arn:aws:iam::1:role/evil'],
  ['an asset in another Region', [...destination(codeName), 'region'], 'eu-west-1'],
  ['another asset', ['assetLists', list, 'files', digest], { source: { path: 'x', packaging: 'file' } }],
  ['a missing asset', ['assetLists', list, 'files', codeName], undefined],
  ['an image', ['assetLists', list, 'dockerImages', digest], { source: { directory: '.' } }],
  ['another file as the template', ['assetLists', list, 'files', templateName, 'source', 'path'], 'evil.json'],
  ['a template for another bucket', [...destination(templateName), 'bucketName'], 'evil'],
  ['a template under another name', [...destination(templateName), 'objectKey'], `${digest}.json`],
  ['changed code', ['files', codeFile], digest],
  ['code that is missing', ['files', codeFile], undefined],
  ['a file beside the code', ['files', `${codeFile}.map`], digest],
])('%s is a difference of the files', (_, path, value) => {
  const place = path[0] === 'files' ? path[1] : path.slice(1, 2).join();
  const differences = compareAssemblies(set(files, path, value), files);
  expect(differences.length).toBeGreaterThan(0);
  expect(new Set(differences.map((d: AssemblyDifference) => d.place))).toEqual(new Set([place]));
});

test('a template that is uploaded under a name that is not its digest is a difference', () => {
  const { manifests, assetLists } = JSON.parse(
    JSON.stringify(files).replaceAll(templateName, digest),
  ) as AssemblyContent;
  const places = compareAssemblies({ ...files, manifests, assetLists }, files).map((d) => d.place);
  expect(new Set(places)).toEqual(new Set([STAGE, list]));
});

test('an asset under the name that this checkout gives a template is a difference where the template has another name', () => {
  const evil = { source: { path: 'evil.zip', packaging: 'file' }, destinations: [] };
  const stacks = files.stacks.map((stack) => (stack.id === stackId ? { ...stack, digest } : stack));
  const { manifests, assetLists } = JSON.parse(
    JSON.stringify(files).replaceAll(templateName, digest),
  ) as AssemblyContent;
  const inList = assetLists[list] as { readonly files: Json };
  const hidden = { ...assetLists, [list]: { ...inList, files: { [templateName]: evil, ...inList.files } } };
  expect(compareAssemblies({ ...files, stacks, manifests, assetLists }, files)).toEqual([]);
  expect(compareAssemblies({ ...files, stacks, manifests, assetLists: hidden }, files)).not.toEqual([]);
});

describe('an IAM document', () => {
  const expected = { ...only('support-chat'), manifests: whole.manifests };
  const document: Path = [...foundation, 'Resources', 'Access1', 'Properties', 'PolicyDocument'];
  const arn = JSON.stringify(at(expected, document)).match(/\{"Fn::GetAtt":\["(\w+)","InferenceProfileArn"\]\}/) ?? [];
  const allowing = (Condition: Json, Resource: unknown = '*'): AssemblyContent => {
    const { Statement } = at(expected, document) as { readonly Statement: readonly unknown[] };
    const more = { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource, Condition };
    return set(expected, [...document, 'Statement'], [...Statement, more]);
  };
  const own = (name: string): string => `\${${name}}`;
  const profiles = 'arn:aws:bedrock:eu-west-2:777788889999:application-inference-profile';

  test.each<[title: string, value: unknown]>([
    ['the id of a profile', `${profiles}/kcqcbpfq7p0i`],
    ['the first letter of an id', `${profiles}/k*`],
    ['the last letter of an id', '*i'],
    ['a letter that an id has', '*profile/*w*'],
    ['an id without its first letter', `${profiles}/?cqcbpfq7p0i`],
    ['parts of an id', { 'Fn::Join': ['', [`${profiles}/kcq`, 'cbpfq7p0i']] }],
    ['an id in this Region', { 'Fn::Sub': `${profiles.replace('eu-west-2', own('AWS::Region'))}/k*` }],
    ['another attribute', { 'Fn::GetAtt': [arn[1], 'InferenceProfileId'] }],
    ['a reference inside a text', { 'Fn::Sub': `a${own(`${arn[1]}.InferenceProfileArn`)}` }],
  ])('does not tell apart the ids that a deployment makes by %s', (_, value) => {
    const condition = { StringLike: { 'aws:PrincipalTag/a': value } };
    const places = [allowing(condition), allowing({}, value)].flatMap((f) => compareAssemblies(f, expected));
    expect(places).toMatchObject([
      { place: 'prod/support-chat / Access1', path: 'PolicyDocument', found: value },
      { place: 'prod/support-chat / Access1', path: 'PolicyDocument', found: value },
    ]);
  });

  test.each<[title: string, value: unknown]>([
    ['anything', '*'],
    ['every profile', `${profiles}/*`],
    ['every profile of every place', 'arn:aws:bedrock:*:*:application-inference-profile/????????????'],
    ['another resource', 'arn:aws:bedrock:*::foundation-model/a*'],
    ['a profile by its reference', JSON.parse(arn[0] ?? '')],
    ['a profile by its substituted reference', { 'Fn::Sub': own(`${arn[1]}.InferenceProfileArn`) }],
  ])('may name %s, because the proof judges it', (_, value) => {
    expect(compareAssemblies(allowing({}, value), expected)).toEqual([]);
  });
});

describe('no difference', () => {
  const expected = only('support-chat');
  const resources = expected.stacks[0]?.template['Resources'] as Readonly<Record<string, Json>>;
  const role = idOf(expected, ROLE);
  const policy = idOf(expected, POLICY);
  const gate = idOf(expected, GATE);
  const alarm = idOf(expected, ALARM);
  const getAtt = at(resources, [gate, 'Properties', 'Aliases', 'main', 'Fn::GetAtt']) as readonly string[];
  const [dependent = ''] =
    Object.entries(resources).find(([, r]) => Array.isArray(r['DependsOn']) && r['DependsOn'].length === 1) ?? [];
  const reversed = (path: Path): readonly [Path, unknown] => [path, [...(at(resources, path) as unknown[])].reverse()];

  test.each<[title: string, change: readonly [Path, unknown]]>([
    ['the order of tags', reversed([role, 'Properties', 'Tags'])],
    ['the order of dependencies', reversed([gate, 'DependsOn'])],
    ['the order of the carriers of a policy', reversed([policy, 'Properties', 'Roles'])],
    ['the order of statements', reversed([policy, 'Properties', 'PolicyDocument', 'Statement'])],
    ['the path of a construct', [[role, 'Metadata'], { 'aws:cdk:path': 'prod/support-chat/Role' }]],
    ['the path of an asset', [[role, 'Metadata'], { 'aws:asset:path': '/elsewhere', 'aws:asset:property': 'Code' }]],
    [
      'a number as text',
      [[alarm, 'Properties', 'EvaluationPeriods'], String(at(resources, [alarm, 'Properties', 'EvaluationPeriods']))],
    ],
    ['another form of GetAtt', [[gate, 'Properties', 'Aliases', 'main', 'Fn::GetAtt'], getAtt.join('.')]],
    [
      'a dependency in place of a list of one',
      [[dependent, 'DependsOn'], String(at(resources, [dependent, 'DependsOn', 0]))],
    ],
    [
      'the report of the CDK’s use',
      [['CDKMetadata'], { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:H4s' } }],
    ],
  ])('is %s', (_, [path, value]) => {
    const found = set(expected, [...foundation, 'Resources', ...path], value);
    expect(compareAssemblies(found, expected)).toEqual([]);
  });

  test('is the order of keys', () => {
    const reverse = (value: unknown): unknown =>
      typeof value !== 'object' || value === null || Array.isArray(value)
        ? value
        : Object.fromEntries(
            Object.entries(value)
              .reverse()
              .map(([key, item]) => [key, reverse(item)]),
          );
    expect(compareAssemblies(reverse(files) as AssemblyContent, files)).toEqual([]);
    expect(compareAssemblies(set(expected, foundation, reverse(expected.stacks[0]?.template)), expected)).toEqual([]);
  });
});
