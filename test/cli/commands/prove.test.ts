import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../../project';
import { Assembly, type MutableTemplate } from '../assembly';
import { type Ran, run } from '../run';

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-prove-'));
const dev = new Assembly('dev');
afterAll(() => {
  dev.dispose();
  rmSync(folder, { recursive: true });
});

const fileOf = (name: string, content: unknown): string => {
  const file = join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const prove = (assembly: string, ...flags: readonly string[]): Promise<Ran> =>
  run(['prove', 'dev', '--assembly', assembly, ...flags]);

test.each(['dev', 'prod'])('the kept matrix access/%s.json equals the proven access', async (environment) => {
  const { exitCode, out } = await run(['prove', environment]);
  expect(out).toContain(`✓ proven  ${environment}: the templates grant exactly what environments/${environment}.yaml`);
  expect(out).toContain(`Matrix access/${environment}.json is unchanged.`);
  expect(exitCode).toBe(0);
});

const extraGrant = { Sid: 'Extra', Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource: ['*'] };
const mutations: readonly (readonly [title: string, mutate: (t: MutableTemplate) => void, sentence: string])[] = [
  [
    'an extra grant is shown with a request that it allows',
    (t) => t.policies()[0]?.Properties.PolicyDocument.Statement.push(extraGrant),
    'role dev_support-chat_probe-policies may bedrock:InvokeModel on arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0 without any profile; allowed by policy dev_support-chat_access-1 Sid Extra; the environment file does not ask for this',
  ],
  [
    'a missing grant is shown with the missing statement',
    (t) => {
      t.statement('Fast', 'Model').Action = ['bedrock:InvokeModel'];
    },
    'may not bedrock:InvokeModelWithResponseStream on arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0 through the profile dev_support-chat_fast_nova-lite_cdf570; no statement allows it; the plan intends that support-chat/fast cdf570 reaches its model through the profile',
  ],
  [
    'a way to more permissions is named as one',
    (t) =>
      t.policies()[0]?.Properties.PolicyDocument.Statement.push({
        ...extraGrant,
        Action: ['iam:PassRole'],
        Resource: ['*'],
      }),
    'and so pass a role; allowed by policy dev_support-chat_access-1 Sid Extra; no principal should be allowed to do this',
  ],
  [
    'a statement that cannot be read makes the proof undecided',
    (t) => {
      t.statement('Fast', 'Model').Condition = { NumericLessThan: { 'aws:MultiFactorAuthAge': '300' } };
    },
    "Condition operator 'NumericLessThan' is not supported",
  ],
  [
    'an unsupported intrinsic function makes the proof undecided',
    (t) => {
      t.statement('Fast', 'Model').Resource = [{ 'Fn::ImportValue': 'somewhere' }];
    },
    'Fn::ImportValue',
  ],
  [
    'a macro may change a template when it is deployed',
    (t) => {
      Object.assign(t.role('dev_support-chat_lambda'), { 'Fn::Transform': { Name: 'AWS::Include' } });
    },
    'macros change a template during its deployment; remove them',
  ],
  [
    'a managed policy that is not attached is not in the plan',
    (t) =>
      t.add('Loose', {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { ManagedPolicyName: 'loose', PolicyDocument: { Version: '2012-10-17', Statement: [extraGrant] } },
      }),
    'the templates have a managed policy that is not in the plan: arn:aws:iam::111122223333:policy/loose',
  ],
  [
    'two resources with the same name are ambiguous',
    (t) =>
      t.add(
        'Again',
        t.resource((r) => r.Type === 'AWS::SSM::Parameter'),
      ),
    'two resources of the templates are called /bedrock-access/dev/support-chat/',
  ],
  [
    'a value that is resolved only during deployment makes the proof undecided',
    (t) => {
      t.statement('Fast', 'Model').Condition = { StringEquals: { 'aws:UserName': '{{resolve:ssm:/somewhere}}' } };
    },
    'which is resolved only during deployment',
  ],
  [
    'an unknown resource type may grant anything',
    (t) => t.add('Url', { Type: 'AWS::Lambda::Url', Properties: {} }),
    'the access that AWS::Lambda::Url grants is not understood',
  ],
];

test.each(mutations)('%s', async (_, mutate, sentence) => {
  const { exitCode, out } = await prove(dev.mutated('support-chat', mutate));
  expect(out).toContain(sentence);
  expect(out).toMatch(/^✗ \d+ violation/);
  expect(exitCode).toBe(1);
});

test('templates of another plan are stale, and are not proven', async () => {
  const project = join(folder, 'project');
  mkdirSync(join(project, 'environments'), { recursive: true });
  const text = readFileSync(join(PROJECT, 'environments', 'dev.yaml'), 'utf8');
  writeFileSync(join(project, 'environments', 'dev.yaml'), text.replace('CC-1042', 'CC-1043'));
  const { exitCode, out } = await run(['prove', 'dev', '--assembly', dev.original], { project });
  expect(out).toContain('the templates were synthesized from another plan than dev has now; synthesize again');
  expect(exitCode).toBe(1);
});

test.each([
  ['of another environment', 'prod', (assembly: string) => assembly, "has no environment 'prod'"],
  ['that is empty', 'dev', () => folder, 'manifest.json: cannot be read (ENOENT)'],
])('a folder %s is refused', async (_, environment, assembly, message) => {
  const { exitCode, err } = await run(['prove', environment, '--assembly', assembly(dev.original)]);
  expect(err).toContain(message);
  expect(exitCode).toBe(2);
});

test('templates without principals are not proven', async () => {
  const copy = dev.mutated('support-chat', (t) => {
    for (const policy of t.policies()) {
      policy.Properties.Roles = [];
      policy.Properties.Users = [];
    }
  });
  const { exitCode, out } = await prove(copy);
  expect(out).toContain('no statement allows it');
  expect(exitCode).toBe(1);
});

describe('the matrix', () => {
  const project = join(folder, 'kept');
  beforeAll(() => {
    mkdirSync(join(project, 'environments'), { recursive: true });
    cpSync(join(PROJECT, 'environments', 'dev.yaml'), join(project, 'environments', 'dev.yaml'));
  });
  const kept = join(project, 'access', 'dev.json');
  const proved = (...flags: readonly string[]): Promise<Ran> =>
    run(['prove', 'dev', '--assembly', dev.original, ...flags], { project });

  test('is not written by default', async () => {
    const { exitCode, out } = await proved();
    expect(out).toContain('There is no matrix access/dev.json yet');
    expect(exitCode).toBe(0);
  });

  test('is written with --write, and the next run finds it unchanged', async () => {
    expect((await proved('--write')).out).toContain('Matrix access/dev.json is written');
    expect(readFileSync(kept, 'utf8')).toBe(readFileSync(join(PROJECT, 'access', 'dev.json'), 'utf8'));
    expect((await proved('--write')).out).toContain('Matrix access/dev.json is unchanged.');
  });

  test('that is stale fails the proof', async () => {
    writeFileSync(kept, '{}');
    const { exitCode, out } = await proved();
    expect(out).toContain('✗ Matrix access/dev.json is stale');
    expect(exitCode).toBe(1);
  });

  test('is not written for access that is not proven', async () => {
    const copy = dev.mutated('support-chat', (t) =>
      t.policies()[0]?.Properties.PolicyDocument.Statement.push(extraGrant),
    );
    const { exitCode, out } = await run(['prove', 'dev', '--assembly', copy, '--write'], { project });
    expect(out).toContain('Matrix access/dev.json is not written: the access is not proven.');
    expect(readFileSync(kept, 'utf8')).toBe('{}');
    expect(exitCode).toBe(1);
  });
});

const regions = (condition: object) => ({
  Version: '2012-10-17',
  Statement: [
    { Sid: 'OtherRegions', Effect: 'Deny', NotAction: ['iam:*', 'sts:*'], Resource: '*', Condition: condition },
  ],
});
const here = { StringNotEquals: { 'aws:RequestedRegion': 'us-east-1' } };
const exemption = {
  ArnNotLike: {
    'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:111122223333:application-inference-profile/*',
  },
};

test('an SCP that denies Regions is found with the exemption that it needs, and passes with that exemption', async () => {
  const denied = await prove(dev.original, '--scp', fileOf('regions.json', regions(here)));
  expect(denied.out).toContain(
    "which goes to aws:RequestedRegion 'us-east-2'; denied by policy regions.json Sid OtherRegions",
  );
  expect(denied.out).toContain(`the exemption it needs: "ArnNotLike": {"bedrock:InferenceProfileArn"`);
  expect(denied.exitCode).toBe(1);
  const exempted = await prove(dev.original, '--scp', fileOf('exempted.json', regions({ ...here, ...exemption })));
  expect(exempted.out).toContain('✓ proven');
  expect(exempted.exitCode).toBe(0);
});

test.each([
  ['--scp', fileOf('text.json', 'hello'), 'is not JSON; name a file that contains one policy document'],
  ['--scp', join(folder, 'nowhere.json'), 'cannot be read (ENOENT)'],
  ['--session', fileOf('list.json', []), 'contains no policy; it must be a JSON object with a Statement'],
  ['--endpoint', fileOf('empty.json', {}), 'contains no policy; it must be a JSON object with a Statement'],
])('%s with a file that is not a policy is refused', async (flag, file, message) => {
  const { exitCode, err } = await prove(dev.original, flag, file);
  expect(err).toContain(message);
  expect(exitCode).toBe(2);
});

test('an SCP without statements makes the proof undecided', async () => {
  const empty = fileOf('without.json', { Version: '2012-10-17', Statement: [] });
  const { exitCode, out } = await prove(dev.original, '--scp', empty);
  expect(out).toContain('Statement is an empty list');
  expect(exitCode).toBe(1);
});

test('the answer of AWS Organizations, which holds the policy as text, is read', async () => {
  const described = { Policy: { PolicySummary: {}, Content: JSON.stringify(regions(here)) } };
  const { out } = await prove(dev.original, '--scp', fileOf('described.json', described));
  expect(out).toContain('denied by policy described.json Sid OtherRegions');
});
