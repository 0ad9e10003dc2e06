// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this

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
    'role dev_support-chat_lambda and 2 more may bedrock:InvokeModel on arn:aws:bedrock:eu-west-1::foundation-model/amazon.titan-embed-text-v2:0 without any profile; allowed by policy dev_support-chat_access-1 Sid Extra; the environment file does not ask for this',
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
      t.statement('Fast', 'Model').Condition = { BinaryEquals: { 'aws:UserId': 'QUJD' } };
    },
    "Condition operator 'BinaryEquals' is not supported",
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
  expect(denied.out).toContain('code-review/summary: set routing: regional, which passes as it is');
  expect(denied.out).toContain(JSON.stringify(regions({ ...here, ...exemption }).Statement[0]));
  expect(denied.exitCode).toBe(1);
  const exempted = await prove(dev.original, '--scp', fileOf('exempted.json', regions({ ...here, ...exemption })));
  expect(exempted.out).toContain('✓ proven');
  expect(exempted.exitCode).toBe(0);
});

test.each([
  ['--scp', fileOf('text.json', 'hello'), 'is not JSON; name a file that contains one policy document'],
  ['--scp', join(folder, 'nowhere.json'), 'cannot be read (ENOENT)'],
  ['--scp', folder, 'is a folder; only a regular file is read'],
  ['--scp', '/dev/zero', 'is a device; only a regular file is read'],
  ['--session', fileOf('deep.json', `{"Statement":${'['.repeat(50_000)}`), 'is nested more than 100 levels deep'],
  ['--endpoint', fileOf('long.json', ' '.repeat(300_000)), 'has 300000 bytes; at most 262144 are read'],
  [
    '--scp',
    fileOf('twice.json', '{"Statement": [], "Statement": []}'),
    'has the key Statement twice (the second at line 1, column 19); remove one of them',
  ],
  [
    '--scp',
    fileOf('answer.json', { Policy: { Content: '{"Statement":[],"Statement":[]}' } }),
    'has the key Statement twice',
  ],
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

const sample = (name: string, statement: object): string =>
  fileOf(`${name}.json`, { Statement: [{ Effect: 'Deny', Action: 'bedrock:*', Resource: '*', ...statement }] });
const inRegions = (...values: readonly string[]): object => ({
  Condition: { StringNotEquals: { 'aws:RequestedRegion': values } },
});

test.each([
  [
    '--scp',
    sample('braces', inRegions('{example-region-1}')),
    "Statement[0].Condition.StringNotEquals.aws:RequestedRegion[0] is '{example-region-1}'",
  ],
  [
    '--scp',
    sample('capitals', inRegions('us-east-1', 'REGION')),
    "aws:RequestedRegion[1] is 'REGION'; 'REGION' is a placeholder of a sample",
  ],
  [
    '--scp',
    sample('no-region', inRegions('us-east1')),
    "aws:RequestedRegion[0] is 'us-east1'; it must be a Region such as 'us-east-1'",
  ],
  [
    '--session',
    sample('angles', { Resource: ['*', 'arn:aws:iam::<account>:role/a'] }),
    "Statement[0].Resource[1] is 'arn:aws:iam::<account>:role/a'",
  ],
  [
    '--endpoint',
    sample('cloudformation', { Resource: 'arn:aws:bedrock:${AWS::Region}::foundation-model/*' }),
    "'${AWS::Region}' is no variable of IAM",
  ],
  [
    '--scp',
    sample('terraform', { Resource: 'arn:aws:iam::${var.account}:role/a' }),
    "'${var.account}' is no variable of IAM",
  ],
  [
    '--scp',
    sample('account', { Resource: 'arn:aws:iam::ACCOUNT_ID:role/a' }),
    "'ACCOUNT_ID' is a placeholder of a sample",
  ],
  [
    '--scp',
    sample('short', { Resource: 'arn:aws:iam::12345:role/a' }),
    "its account '12345' is no account of 12 digits",
  ],
  [
    '--scp',
    sample('o-x', { Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-xxxxxxxxxx' } } }),
    "'xxxxxxxxxx' is a placeholder of a sample",
  ],
  ['--scp', sample('yours', { Resource: 'arn:aws:iam::111122223333:role/your-role' }), 'is a placeholder of a sample'],
])('%s with a sample that is not filled in is refused, with the place of the value', async (flag, file, message) => {
  const { exitCode, err } = await prove(dev.original, flag, file);
  expect(err).toContain(message);
  expect(exitCode).toBe(2);
});

test('variables of IAM, wildcards and names in capitals are no placeholders', async () => {
  const statement = {
    Action: 'ec2:*',
    Resource: [
      'arn:aws:ec2:*:*:instance/*',
      'arn:aws:iam::*:role/ADMIN-USER',
      'arn:aws:s3:::bucket/${aws:PrincipalTag/team}/*',
      'arn:aws:s3:::a/${*}',
    ],
    Condition: { StringNotLike: { 'aws:RequestedRegion': ['us-*', 'unspecified', 'eusc-de-east-1'] } },
  };
  const { exitCode } = await prove(dev.original, '--scp', sample('filled', statement));
  expect(exitCode).toBe(0);
});

const ORGANIZATION = fileOf('organization.json', {
  Statement: [
    {
      Sid: 'Ours',
      Effect: 'Deny',
      Action: 'bedrock:*',
      Resource: '*',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'acme:Level': '1' } },
    },
  ],
});

test('a value that only the organization knows decides the proof', async () => {
  const unknown = await prove(dev.original, '--scp', ORGANIZATION);
  expect(unknown.out).toContain(
    'remedy     give the value that the organization has: --context aws:PrincipalOrgID=VALUE',
  );
  expect(unknown.exitCode).toBe(1);
  const given = await prove(dev.original, '--scp', ORGANIZATION, '--context', 'aws:principalorgid=o-a1b2c3d4e5');
  expect(given.exitCode).toBe(0);
});

test.each([
  ['aws:PrincipalOrgId', 'takes KEY=VALUE'],
  ['aws:PrincipleOrgID=o-a1b2c3d4e5', "did you mean 'aws:PrincipalOrgID'?"],
  ['aws:SourceVpcEndpoint=vpce-0a1b2c3d', 'this is no known condition key'],
  ['acme:Lavel=1', "did you mean 'acme:level'?"],
  ['aws:PrincipalOrgID=acme', "must be like o-a1b2c3d4e5; got 'acme'"],
  ['aws:SourceIp=203.0.113.0/24', "must be one IP address such as '203.0.113.7'"],
  ['aws:SourceIp=300.1.1.1', 'must be one IP address'],
  ['aws:SourceVpce=vpc-0a1b2c3d', 'must be like vpce-'],
  ['aws:MultiFactorAuthPresent=yes', 'must be true or false'],
  ['aws:MultiFactorAuthAge=soon', 'must be a number'],
  ['aws:CurrentTime=tomorrow', "must be a time such as '2026-11-30T00:00:00Z'"],
  ['aws:SourceArn=here', 'must be an ARN'],
  ['aws:RequestedRegion=us-east-1', 'the environment file and the call decide this key; leave it out'],
  ['aws:ResourceTag/Team=a', 'leave it out'],
  ['bedrock:GuardrailIdentifier=a', 'leave it out'],
])('--context %s is refused', async (text, message) => {
  const { exitCode, err } = await prove(dev.original, '--scp', ORGANIZATION, '--context', text);
  expect(err).toContain(message);
  expect(exitCode).toBe(2);
});

test('a key with one value is given once', async () => {
  const twice = ['aws:SourceIp=203.0.113.7', 'aws:SourceIp=203.0.113.8'].flatMap((text) => ['--context', text]);
  const { exitCode, err } = await prove(dev.original, '--scp', ORGANIZATION, ...twice);
  expect(err).toContain('aws:SourceIp is given twice');
  expect(exitCode).toBe(2);
});
