// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how Fn::Sub names what it replaces
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../lib/cli/synthesize';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { testEnvironment } from '../plan/environments';
import { PROJECT } from '../project';

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-hostile-'));
const original = join(folder, 'original');
synthesize(planAccess(testEnvironment('dev')), original);
const STAGE = 'assembly-dev';
const template = readdirSync(join(original, STAGE)).find((name) => /supportchat.*template\.json$/i.test(name)) ?? '';
afterAll(() => rmSync(folder, { recursive: true }));

type Json = Record<string, unknown>;

interface Ended {
  readonly status: number | null;
  readonly output: string;
  /** Of the processor: other processes may share it. */
  readonly cpuSeconds: number;
  readonly mebibytes: number;
}

/** Runs a command in a process of its own, and measures its time and its memory. */
function bedrockAccess(...args: readonly string[]): Ended {
  const usageFile = join(folder, 'usage.json');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['--max-old-space-size=256', '-r', join(ROOT, 'bench', 'report-usage.js')],
      ...[join(ROOT, 'bin', 'bedrock-access.js'), ...args],
    ],
    {
      cwd: PROJECT,
      encoding: 'utf8',
      timeout: 20_000,
      env: { PATH: process.env['PATH'], HOME: folder, USAGE_FILE: usageFile },
    },
  );
  const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as Pick<Ended, 'cpuSeconds' | 'mebibytes'>;
  return { status, output: stdout + stderr, ...usage };
}

/** What the same machine needs for the assembly as it was made. */
const honest = bedrockAccess('prove', 'dev', '--assembly', original);

/** Copies the assembly, changes the copy, and returns its folder. */
function changed(change: (assembly: string) => void): string {
  const copy = mkdtempSync(join(folder, 'copy-'));
  cpSync(original, copy, { recursive: true });
  change(copy);
  return copy;
}

/** Changes the text of a file of the stage. */
const file = (name: string, change: (text: string) => string) => (assembly: string) => {
  const path = join(assembly, STAGE, name);
  writeFileSync(path, change(readFileSync(path, 'utf8')));
};

/** Adds sections to the template of an application. */
const sections = (added: Readonly<Record<string, Json>>) =>
  file(template, (text) => {
    const json = JSON.parse(text) as Record<string, Json>;
    for (const [name, section] of Object.entries(added)) {
      json[name] = { ...json[name], ...section };
    }
    return JSON.stringify(json);
  });

/** Replaces a file of the stage by something else. */
const replaced = (name: string, make: (path: string) => void) => (assembly: string) => {
  rmSync(join(assembly, STAGE, name), { recursive: true });
  make(join(assembly, STAGE, name));
};

/** Changes the stage in the manifest of the assembly. */
const directory = (directoryName: string) => (assembly: string) => {
  const path = join(assembly, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { artifacts: Record<string, { properties: Json }> };
  for (const { properties } of Object.values(manifest.artifacts)) {
    if (properties?.['directoryName'] !== undefined) {
      properties['directoryName'] = directoryName;
    }
  }
  writeFileSync(path, JSON.stringify(manifest));
};

/** Changes the folder of an asset. */
const asset = (change: (folder: string) => void) => (assembly: string) => {
  const name = readdirSync(assembly).find((entry) => entry.startsWith('asset.'));
  change(join(assembly, name ?? 'no asset'));
};

const chain = (length: number, link: (i: number) => unknown): Json =>
  Object.fromEntries(Array.from({ length }, (_, i) => [`N${i}`, link(i)]));
const parameter = (i: number, Value: unknown): Json => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name: `/n/${i}`, Type: 'String', Value },
});
const value = (i: number): string => `\${N${i + 1}.Value}`;
const doublingSub = (links: number, copies = 2): Json => ({
  ...chain(links, (i) => parameter(i, { 'Fn::Sub': value(i).repeat(copies) })),
  [`N${links}`]: parameter(links, 'lol'.repeat(10)),
});
const doublingJoin = (links: number): Json => {
  const next = (i: number): unknown => ({ 'Fn::GetAtt': [`N${i + 1}`, 'Value'] });
  return {
    ...chain(links, (i) => parameter(i, { 'Fn::Join': ['', [next(i), next(i)]] })),
    [`N${links}`]: parameter(links, 'lol'.repeat(10)),
  };
};
const nestedVariables = (depth: number): unknown =>
  Array.from({ length: depth }).reduce((inner) => ({ 'Fn::Sub': ['${a}${a}', { a: inner }] }), 'x');
/** A text of 2 to the power of `doublings` characters `a:`, split and joined again and again. */
const splitBomb = (doublings: number, rounds: number): Json => {
  const text = { 'Fn::GetAtt': ['N0', 'Value'] };
  return {
    ...chain(doublings, (i) => parameter(i, { 'Fn::Sub': value(i).repeat(2) })),
    [`N${doublings}`]: parameter(doublings, 'a:'),
    ...Object.fromEntries(
      Array.from({ length: rounds }, (_, i) => [
        `S${i}`,
        parameter(1000 + i, { 'Fn::Join': [';', { 'Fn::Split': [':', text] }] }),
      ]),
    ),
  };
};
const conditions = (links: number, of: (next: Json) => Json): Readonly<Record<string, Json>> => ({
  Conditions: {
    ...chain(links, (i) => of({ Condition: `N${i + 1}` })),
    [`N${links}`]: { 'Fn::Equals': ['a', 'a'] },
  },
  Resources: { Conditional: { Type: 'AWS::SSM::Parameter', Condition: 'N0', Properties: { Name: '/n', Value: 'v' } } },
});
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
const MANIFEST = 'manifest.json';
const NOT_REGULAR = 'only a regular file is read';
const BESIDE = 'is no file or folder beside it';

const hostile: readonly (readonly [title: string, change: (assembly: string) => void, says: string])[] = [
  ['Fn::Sub that doubles a text 40 times', sections({ Resources: doublingSub(40) }), 'more text than a template'],
  ['Fn::Sub of ten copies, nine times', sections({ Resources: doublingSub(9, 10) }), 'more text than a template'],
  ['Fn::Join that doubles a text 60 times', sections({ Resources: doublingJoin(60) }), 'more text than a template'],
  [
    'Fn::Sub of nested variables',
    sections({ Resources: { N: parameter(0, nestedVariables(30)) } }),
    'of this size can need',
  ],
  ['a text that is split into 2 million parts', sections({ Resources: splitBomb(21, 20) }), 'of this size can need'],
  ['a text that is split again and again', sections({ Resources: splitBomb(16, 300) }), 'of this size can need'],
  [
    'a circle of two',
    sections({
      Resources: {
        A: parameter(1, { 'Fn::GetAtt': ['B', 'Value'] }),
        B: parameter(2, { 'Fn::GetAtt': ['A', 'Value'] }),
      },
    }),
    'refers to itself in a circle',
  ],
  [
    'a resource that refers to itself',
    sections({ Resources: { A: parameter(1, { 'Fn::GetAtt': ['A', 'Value'] }) } }),
    'refers to itself in a circle',
  ],
  [
    'a circle of conditions',
    sections({
      Conditions: { A: { 'Fn::Not': [{ Condition: 'A' }] } },
      Resources: { A: { ...parameter(1, 'v'), Condition: 'A' } },
    }),
    'refers to itself in a circle',
  ],
  ['a chain of 400 parameters', sections({ Resources: doublingSub(400, 1) }), 'each behind the other'],
  [
    'a chain of 2,000 conditions',
    sections(conditions(2000, (next) => ({ 'Fn::Not': [next] }))),
    'each behind the other',
  ],
  ['501 resources', sections({ Resources: chain(501, (i) => parameter(i, 'v')) }), 'CloudFormation takes at most 500'],
  ['50,000 levels in a template', file(template, () => deep(50_000)), 'is nested more than 100 levels deep'],
  [
    '50,000 levels in a property',
    file(template, (text) => text.replace('"Properties":{', `"Properties":{"Deep":${deep(50_000)},`)),
    'is nested more than 100 levels deep',
  ],
  [
    '50,000 levels in the manifest of a stage',
    file(MANIFEST, () => deep(50_000)),
    'is nested more than 100 levels deep',
  ],
  [
    '50,000 levels in the manifest of the assembly',
    (assembly) => writeFileSync(join(assembly, MANIFEST), `{"a":${deep(50_000)}}`),
    'is nested more than 100 levels deep',
  ],
  ['10 million values', file(template, () => `[${'[],'.repeat(300_000)}0]`), 'has more than 100000 values'],
  [
    'a template of a terabyte',
    replaced(template, (path) => {
      writeFileSync(path, '');
      truncateSync(path, 2 ** 40);
    }),
    'bytes; at most 1048576 are read',
  ],
  [
    'a manifest of a terabyte',
    (assembly) => truncateSync(join(assembly, MANIFEST), 2 ** 40),
    'bytes; at most 8388608 are read',
  ],
  ['a FIFO for a template', replaced(template, (path) => execFileSync('mkfifo', [path])), NOT_REGULAR],
  ['a FIFO for a manifest', replaced(MANIFEST, (path) => execFileSync('mkfifo', [path])), NOT_REGULAR],
  ['a folder for a template', replaced(template, (path) => mkdirSync(path)), NOT_REGULAR],
  [
    'a link to a device for a template',
    replaced(template, (path) => symlinkSync('/dev/zero', path)),
    'is a symbolic link',
  ],
  [
    'a link to a secret for a manifest',
    replaced(MANIFEST, (path) => symlinkSync('/etc/passwd', path)),
    'is a symbolic link',
  ],
  ['a loop of links for a template', replaced(template, (path) => symlinkSync(path, path)), 'is a symbolic link'],
  [
    'a loop of links for the stage',
    (assembly) => {
      rmSync(join(assembly, STAGE), { recursive: true });
      symlinkSync(STAGE, join(assembly, STAGE));
    },
    'is a symbolic link',
  ],
  [
    'a stage that is a link to the assembly',
    (assembly) => {
      symlinkSync('.', join(assembly, 'again'));
      directory('again')(assembly);
    },
    'is a symbolic link',
  ],
  ['an assembly nested in itself', directory('.'), BESIDE],
  ['an assembly nested in its parent', directory('..'), BESIDE],
  ['an assembly elsewhere', directory('/proc/self'), BESIDE],
  ['an assembly without a folder', directory(''), BESIDE],
  ['a stage of a device', directory('/dev'), BESIDE],
  ['a FIFO in an asset', asset((folder) => execFileSync('mkfifo', [join(folder, 'fifo')])), NOT_REGULAR],
  [
    'a file of a terabyte in an asset',
    asset((folder) => truncateSync(join(folder, 'index.js'), 2 ** 40)),
    'more than 50331648 bytes',
  ],
  [
    '6,000 folders in an asset',
    asset((folder) => {
      for (let i = 0; i < 6000; i += 1) {
        mkdirSync(join(folder, `${i}`));
      }
    }),
    'more than 5000 files',
  ],
  ['a template elsewhere', file(MANIFEST, (text) => text.replaceAll(template, '../../../../etc/passwd')), BESIDE],
];

const statement = (i: number, Resource: unknown): Json => ({
  Sid: `S${i}`,
  Effect: 'Allow',
  Action: 'bedrock:InvokeModel',
  Resource,
});
const policy = (...Statement: readonly unknown[]) =>
  sections({
    Resources: {
      Extra: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          ManagedPolicyName: 'extra',
          Roles: ['support-chat-api'],
          PolicyDocument: { Version: '2012-10-17', Statement },
        },
      },
    },
  });

const policies: readonly (readonly [title: string, change: (assembly: string) => void])[] = [
  ['5,000 statements', policy(...Array.from({ length: 5000 }, (_, i) => statement(i, `arn:aws:bedrock:*:*:x${i}*y`)))],
  ['a pattern of 200,000 wildcards', policy(statement(0, '*a'.repeat(200_000)))],
  [
    '60,000 different resources of one statement',
    policy(
      statement(
        0,
        Array.from({ length: 60_000 }, (_, i) => `a${i}`),
      ),
    ),
  ],
  [
    '3,000 patterns',
    policy(
      statement(
        0,
        Array.from({ length: 3000 }, (_, i) => `*${i}*${i * 7}*`),
      ),
    ),
  ],
  [
    '5,000 patterns of actions',
    policy({ ...statement(0, '*'), Action: Array.from({ length: 5000 }, (_, i) => `bedrock:*${i}*`) }),
  ],
  [
    '3,000 keys',
    policy({
      ...statement(0, '*'),
      Condition: { StringLike: Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`aws:k${i}`, `*${i}*`])) },
    }),
  ],
];

test.each(policies)('%s in a policy leave the access unproven within 300 MB', (_, change) => {
  const { status, output, mebibytes } = bedrockAccess('prove', 'dev', '--assembly', changed(change));
  expect(output).toContain('✗ undecided');
  expect(output).not.toMatch(/call stack|heap/i);
  expect(status).toBe(1);
  expect(mebibytes).toBeLessThan(300);
});

const aliasText = (text: string) =>
  file(template, (json) =>
    json.replace(
      /"Value": \{\s*"Fn::(Join|Sub)"/,
      (found) => `"Value": ${JSON.stringify(text)}, "Ignored": {${found.split('{')[1]}`,
    ),
  );

test.each([
  ['levels alone', deep(30_000)],
  ['levels for an ARN of a generation', `{"generations":[{"profileArn":${deep(30_000)}}]}`],
  ['levels for the ARN of the alias', `{"profileArn":${deep(30_000)}}`],
])('an alias of 30,000 %s does not overflow the stack', (_, text) => {
  for (const command of [
    ['prove', 'dev', '--assembly'],
    ['access', 'dev', '--assembly'],
    ['diff', './access/dev.json'],
  ]) {
    const { output, mebibytes } = bedrockAccess(...command, changed(aliasText(text)));
    expect(output).not.toMatch(/call stack|out of memory/);
    expect(mebibytes).toBeLessThan(300);
  }
});

test.each([
  ['access', 'dev', '--assembly'],
  ['sandbox', 'dev', '--assembly'],
  ['verify', 'dev', '--local', '--assembly'],
  ['plan', 'dev', '--execution-policy', '--part', '1', '--assembly'],
  ['diff', './access/dev.json'],
])('%s refuses a hostile assembly as well', (...command) => {
  for (const change of [
    sections({ Resources: chain(501, (i) => parameter(i, 'v')) }),
    directory('.'),
    file(template, () => deep(50_000)),
  ]) {
    const { status, output, cpuSeconds, mebibytes } = bedrockAccess(...command, changed(change));
    expect(output).toMatch(/at most 500|no file or folder beside it|levels deep/);
    expect(status).toBe(2);
    expect(cpuSeconds).toBeLessThan(honest.cpuSeconds);
    expect(mebibytes).toBeLessThan(300);
  }
});

test.each(hostile)('%s is refused sooner than the honest assembly is proven, within 300 MB', (_, change, says) => {
  const { status, output, cpuSeconds, mebibytes } = bedrockAccess('prove', 'dev', '--assembly', changed(change));
  expect(output).toContain(says);
  expect(output).not.toMatch(/call stack|heap|\n\s+at /i);
  expect(output.length).toBeLessThan(3000);
  expect(status).toBe(2);
  expect(cpuSeconds).toBeLessThan(honest.cpuSeconds);
  expect(mebibytes).toBeLessThan(300);
});
