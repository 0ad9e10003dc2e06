import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut } from '../checkout';
import { run } from '../cli/run';

type Json = { [key: string]: unknown };

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-assemblies-'));
afterAll(() => rmSync(folder, { recursive: true }));

const project = join(folder, 'project');
checkOut(project);
const output = join(folder, 'cdk.out');

function runCdk(args: readonly string[], cwd = project) {
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, TMPDIR: folder };
  const program = join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  return spawnSync(process.execPath, [program, ...args], { cwd, env, encoding: 'utf8' });
}
const prove = (environment: string, assembly: string, cwd = project) =>
  run(['prove', environment, '--assembly', assembly], { project: cwd });
const verify = (assembly: string) => run(['verify', 'dev', '--local', '--assembly', assembly], { project });

beforeAll(() => {
  expect(runCdk(['synth', '--quiet', '--output', output]).status).toBe(0);
});

/** Returns a copy of the synthesized assembly, in another folder. */
function copy(change: (copied: string) => void = () => undefined): string {
  const copied = join(mkdtempSync(join(folder, 'copy-')), 'elsewhere');
  cpSync(output, copied, { recursive: true });
  change(copied);
  return copied;
}

function edit(file: string, change: (json: Json) => unknown): void {
  const json = JSON.parse(readFileSync(file, 'utf8')) as Json;
  writeFileSync(file, JSON.stringify(change(json) ?? json, undefined, 1));
}

/** Returns the path of the template of a stack of dev. */
function template(assembly: string, stack: string): string {
  const stage = join(assembly, 'assembly-dev');
  return join(stage, readdirSync(stage).find((f) => f.startsWith(`dev${stack}`) && f.endsWith('.template.json')) ?? '');
}

const assets = (assembly: string): string => template(assembly, 'Foundation').replace('.template.', '.assets.');

const at = (json: Json | undefined, key: string): Json => json?.[key] as Json;

/** Changes the resource of a type, and perhaps of a name, in a template of dev. */
function editResource(stack: string, type: string, name: string, change: (resource: Json) => void) {
  return (assembly: string): void =>
    edit(template(assembly, stack), ({ Resources }) => {
      const resource = Object.values(Resources as Readonly<Record<string, Json>>).find(
        (r) => r['Type'] === type && JSON.stringify(r).includes(name),
      );
      change(resource as Json);
    });
}

const editFunction = (name: string, properties: object) =>
  editResource('Foundation', 'AWS::Lambda::Function', `"${name}"`, (r) =>
    Object.assign(r['Properties'] as Json, properties),
  );
const codeFolder = (assembly: string): string => {
  const { files } = JSON.parse(readFileSync(assets(assembly), 'utf8')) as { files: Readonly<Record<string, Json>> };
  const code = Object.values(files).find(({ displayName }) => displayName === 'Verification/Code');
  return join(assembly, 'assembly-dev', String(at(code, 'source')['path']));
};
const editCode =
  (change: (source: Json, destination: Json) => void) =>
  (assembly: string): void =>
    edit(assets(assembly), ({ files }) => {
      const code = Object.values(files as Readonly<Record<string, Json>>).find(
        ({ displayName }) => displayName === 'Verification/Code',
      );
      change(at(code, 'source'), Object.values(at(code, 'destinations'))[0] as Json);
    });
const editManifest =
  (change: (stack: Json, artifacts: Json) => void) =>
  (assembly: string): void =>
    edit(join(assembly, 'assembly-dev', 'manifest.json'), ({ artifacts }) => {
      const stacks = Object.values(artifacts as Readonly<Record<string, Json>>);
      change(stacks.find(({ displayName }) => displayName === 'dev/Foundation') as Json, artifacts as Json);
    });
const properties = (stack: Json): Json => stack['properties'] as Json;

/** Adds a stack with one role that anybody may assume, displayed under a name. */
const addStack =
  (displayName: string) =>
  (assembly: string): void => {
    edit(join(assembly, 'manifest.json'), ({ artifacts }) => {
      (artifacts as Json)['Evil'] = {
        type: 'aws:cloudformation:stack',
        environment: 'aws://111122223333/us-east-1',
        properties: { templateFile: 'evil.template.json', stackName: 'evil' },
        displayName,
      };
    });
    const AssumeRolePolicyDocument = { Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' } };
    const Role = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'evil', AssumeRolePolicyDocument } };
    writeFileSync(join(assembly, 'evil.template.json'), JSON.stringify({ Resources: { Role } }));
    writeFileSync(join(assembly, 'Evil.assets.json'), JSON.stringify({ files: {} }));
  };
const addStage = (assembly: string): void => {
  edit(join(assembly, 'manifest.json'), ({ artifacts }) => {
    (artifacts as Json)['assembly-more'] = {
      type: 'cdk:cloud-assembly',
      properties: { directoryName: 'assembly-more', displayName: 'dev' },
    };
  });
  cpSync(join(assembly, 'assembly-dev'), join(assembly, 'assembly-more'), { recursive: true });
};

const MARK = join(folder, 'the-code-ran');
const evilCode = `require('node:fs').writeFileSync(${JSON.stringify(MARK)}, 'x'); exports.handler = async () => ({});`;

describe('an assembly of the CDK CLI', () => {
  test.each(['dev', 'prod'])(
    'of several environments is proven for %s, also in another folder',
    async (environment) => {
      expect((await prove(environment, output)).out).toContain(`✓ proven  ${environment}`);
      expect((await prove(environment, copy())).out).toContain(`✓ proven  ${environment}`);
    },
  );

  test.each<[title: string, settings: Json, args: readonly string[]]>([
    [
      'another qualifier, usage reports and context of its own',
      { versionReporting: true, context: { '@aws-cdk/core:bootstrapQualifier': 'mine', team: 'platform' } },
      ['--context', 'stage=1'],
    ],
    ['no metadata of paths', { pathMetadata: false }, []],
    ['no metadata of assets', { assetMetadata: false }, ['--no-path-metadata']],
  ])('with %s is proven', async (title, settings, args) => {
    const own = join(folder, title.replaceAll(/[ ,]+/g, '-'));
    checkOut(own);
    edit(join(own, 'cdk.json'), (json) => ({
      ...json,
      ...settings,
      context: { ...(json['context'] as Json), ...(settings['context'] as Json) },
    }));
    const out = join(own, 'cdk.out');
    expect(runCdk(['synth', '--quiet', '--output', out, ...args], own).status).toBe(0);
    const { out: stdout, exitCode: status } = await prove('dev', out, own);
    expect(stdout).toContain('✓ proven  dev');
    expect(status).toBe(0);
  });

  test('is proven when its templates are written in another way that means the same', async () => {
    const other = (value: unknown): unknown => {
      if (Array.isArray(value)) {
        return value.map(other);
      }
      if (typeof value !== 'object' || value === null) {
        return value;
      }
      const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
        const isSingle = ['Action', 'Resource'].includes(key) && Array.isArray(item) && item.length === 1;
        const isUnordered = ['Statement', 'Tags', 'DependsOn', 'Action'].includes(key) && Array.isArray(item);
        return [key, other(isSingle ? item[0] : isUnordered ? [...item].reverse() : item)];
      });
      return Object.fromEntries(entries.reverse());
    };
    const rewritten = copy((assembly) => {
      for (const stack of ['Foundation', 'Overview', 'Billing', 'supportchat', 'codereview', 'documentsearch']) {
        edit(template(assembly, stack), (json) => other(json));
      }
    });
    const { out: stdout } = await prove('dev', rewritten);
    expect(stdout).toContain('✓ proven  dev');
  });
});

test.each<[title: string, displayName: string]>([
  ['a stack that is displayed in the environment', 'dev/Evil'],
  ['a stack that is displayed deep in the environment', 'dev/a/b/Evil'],
  ['a stack that is displayed as the environment', 'dev'],
])('the CDK CLI selects %s, and it is not proven', async (_, displayName) => {
  const assembly = copy(addStack(displayName));
  expect(runCdk(['list', '--app', assembly, 'dev/**']).stdout).toContain(`${displayName} (evil)`);
  const { out: stdout, exitCode: status } = await prove('dev', assembly);
  expect(stdout).toContain('artifacts.Evil');
  expect(stdout).toContain('the templates have a role that is not in the plan: arn:aws:iam::111122223333:role/evil');
  expect(status).toBe(1);
});

test('a stack that the CDK CLI does not select is named as not looked at', async () => {
  const assembly = copy(addStack('Evil'));
  expect(runCdk(['list', '--app', assembly, 'dev/**']).stdout).not.toContain('evil');
  expect((await prove('dev', assembly)).out).toContain(
    'not looked at: the stack evil, which is part of no environment',
  );
});

const code: readonly (readonly [title: string, change: (assembly: string) => void, place: string])[] = [
  ['code that was overwritten', (a) => writeFileSync(join(codeFolder(a), 'index.js'), evilCode), '/index.js'],
  ['code with one more line', (a) => appendFileSync(join(codeFolder(a), 'index.js'), '\n'), '/index.js'],
  ['a file beside the code', (a) => writeFileSync(join(codeFolder(a), 'more.js'), evilCode), '/more.js'],
  [
    'a link beside the code',
    (a) => symlinkSync(join(ROOT, 'package.json'), join(codeFolder(a), 'linked.json')),
    '/linked.json',
  ],
  ['code that Lambda may not read', (a) => chmodSync(join(codeFolder(a), 'index.js'), 0o600), '/index.js'],
  ['no code', (a) => rmSync(join(codeFolder(a), 'index.js')), '/index.js'],
  [
    'code from another folder',
    (a) => {
      mkdirSync(join(a, 'asset.evil'));
      writeFileSync(join(a, 'asset.evil', 'index.js'), evilCode);
      editCode((source) => Object.assign(source, { path: '../asset.evil' }))(a);
    },
    '.source.path',
  ],
  [
    'code that a program makes',
    editCode((source) => Object.assign(source, { executable: ['touch', MARK] })),
    '.source.executable',
  ],
  ['code for another bucket', editCode((_, to) => Object.assign(to, { bucketName: 'evil' })), '.destinations'],
  ['code of another bucket', editFunction('dev_verification', { Code: { S3Bucket: 'evil', S3Key: 'x.zip' } }), ''],
  ['another handler', editFunction('dev_verification', { Handler: 'more.handler' }), 'Properties.Handler'],
  [
    'a variable of Node',
    editFunction('dev_verification', { Environment: { Variables: { NODE_OPTIONS: '--require ./more.js' } } }),
    'Properties.Environment.Variables',
  ],
  ['an image', editFunction('dev_verification', { PackageType: 'Image' }), 'Properties.PackageType'],
  ['a file system', editFunction('dev_verification', { FileSystemConfigs: [{}] }), 'Properties.FileSystemConfigs'],
  [
    'a template from another bucket',
    editManifest((stack) => Object.assign(properties(stack), { stackTemplateAssetObjectUrl: 's3://evil/x.json' })),
    '.properties.stackTemplateAssetObjectUrl',
  ],
  [
    'another execution role',
    editManifest((stack) =>
      Object.assign(properties(stack), { cloudFormationExecutionRoleArn: 'arn:aws:iam::1:role/x' }),
    ),
    '.properties.cloudFormationExecutionRoleArn',
  ],
  [
    'a version parameter that is text',
    (a) =>
      edit(template(a, 'Foundation'), ({ Parameters }) => {
        Object.assign(at(Parameters as Json, 'BootstrapVersion'), { Type: 'String' });
      }),
    'Parameters.BootstrapVersion.Type',
  ],
];

test.each(code)('with %s nothing is proven, and no code runs', async (_, change, place) => {
  const assembly = copy(change);
  const proof = await prove('dev', assembly);
  expect(proof.out).not.toContain('✓ proven');
  expect(proof.out).toContain(place);
  expect(proof.exitCode).toBe(1);
  const local = await verify(assembly);
  expect(local.out).not.toContain('ready to deploy');
  expect([1, 2]).toContain(local.exitCode);
  expect(existsSync(MARK)).toBe(false);
});

test.each<[title: string, change: (assembly: string) => void, place: string]>([
  ['a second stage of the same name', addStage, 'artifacts.assembly-more'],
  [
    'a limit without concurrency',
    editFunction('dev_limit', { ReservedConcurrentExecutions: 0 }),
    'Properties.Reserved',
  ],
  ['a meter of one second', editFunction('dev_meter', { Timeout: 1 }), 'Properties.Timeout'],
  [
    'results that go elsewhere',
    editResource('Foundation', 'AWS::Lambda::EventInvokeConfig', 'limit', (r) =>
      Object.assign(r['Properties'] as Json, {
        DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:x:9:q' } },
      }),
    ),
    'Properties.DestinationConfig',
  ],
  [
    'a gate without aliases',
    editResource('supportchat', 'Custom::BedrockAccessGate', '', (r) =>
      Object.assign(r['Properties'] as Json, { Aliases: {} }),
    ),
    'Properties.Aliases',
  ],
  [
    'a role that stays after its stack',
    editResource('supportchat', 'AWS::IAM::Role', '', (r) => Object.assign(r, { DeletionPolicy: 'Retain' })),
    'DeletionPolicy',
  ],
  [
    'sessions of twelve hours',
    editResource('supportchat', 'AWS::IAM::Role', '', (r) =>
      Object.assign(r['Properties'] as Json, { MaxSessionDuration: 43_200 }),
    ),
    'Properties.MaxSessionDuration',
  ],
  [
    'an alarm that tells somebody else',
    editResource('supportchat', 'AWS::CloudWatch::Alarm', '', (r) =>
      Object.assign(r['Properties'] as Json, { AlarmActions: ['arn:aws:sns:us-east-1:999999999999:x'] }),
    ),
    'Properties.AlarmActions',
  ],
])('with %s nothing is proven', async (_, change, place) => {
  const { out: stdout, exitCode: status } = await prove('dev', copy(change));
  expect(stdout).not.toContain('✓ proven');
  expect(stdout).toContain(place);
  expect(
    stdout.split('\n').filter((line) => /^ +(?:✗ assembly|at|found|expected) /.test(line) && line.length > 80),
  ).toEqual([]);
  expect(status).toBe(1);
});

test('code that is what this checkout builds runs, and the report says so', async () => {
  const local = await verify(output);
  expect(local.out).toContain('The code that ran was built by this checkout;');
  expect(local.exitCode).toBe(0);
});

test('an assembly of another plan is one sentence, its first differences and a count', async () => {
  const other = join(folder, 'other');
  checkOut(other);
  const file = join(other, 'environments', 'dev.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('CC-1042', 'CC-1043'));
  const { out: stdout, exitCode: status } = await prove('dev', output, other);
  expect(stdout).toContain('the templates were synthesized from another plan than dev has now');
  expect(stdout).toMatch(/\d+ more differences from what this checkout synthesizes, in \d+ places/);
  expect(stdout.match(/✗ assembly/g)?.length).toBeLessThanOrEqual(6);
  expect(status).toBe(1);
});
