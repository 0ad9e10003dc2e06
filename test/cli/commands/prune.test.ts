import Ajv from 'ajv';
import { schemas } from '../../../lib/report/schemas';
import { type Answer, refusal, runAgainst } from './query-server';

const CALLER =
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::111122223333:assumed-role/admin/me</Arn><UserId>U:me</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';

/** Stack in the account of a test. */
interface DeployedStack {
  readonly name: string;
  /** Value of the tag `BedrockAccess`. */
  readonly tag?: string;
  status?: string;
  /** Status of the stack after its deletion. */
  readonly end?: string;
  /** Number of times that it is still described as before its deletion. */
  lag?: number;
  /** True when it is nested in another stack. */
  readonly nested?: boolean;
  /** Its resources: pairs of a type and a physical id. */
  readonly resources?: readonly (readonly [type: string, id: string])[];
  /** The resources of its template. */
  readonly template?: object;
}

/** What IAM lists, by action and name of the role or ARN of the policy. */
type IamLists = Readonly<Record<string, string>>;

const idOf = (name: string): string => `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/1`;

function member({ name, tag, status = 'CREATE_COMPLETE', nested = false }: DeployedStack): string {
  const tags = tag === undefined ? '' : `<Tags><member><Key>BedrockAccess</Key><Value>${tag}</Value></member></Tags>`;
  return `<member><StackName>${name}</StackName><StackId>${idOf(name)}</StackId><StackStatus>${status}</StackStatus><CreationTime>2026-10-01T08:00:00Z</CreationTime>${nested ? '<ParentId>arn:x</ParentId>' : ''}${tags}</member>`;
}

/** Returns an account that lists one stack per page, and deletes at once. */
function accountOf(
  stacks: readonly DeployedStack[],
  change: Answer = () => ({ xml: '' }),
  lists: IamLists = {},
): Answer {
  return (form) => {
    const changed = change(form, '', '');
    if (changed.xml !== '') {
      return changed;
    }
    const named = stacks.find(({ name }) => form.get('StackName') === idOf(name));
    switch (form.get('Action')) {
      case 'GetCallerIdentity':
        return { xml: CALLER };
      case 'DescribeStacks': {
        const at = Number(form.get('NextToken') ?? 0);
        const lagging = named !== undefined && (named.lag ?? 0) > 0 && named.status?.startsWith('DELETE');
        if (lagging) {
          named.lag = (named.lag ?? 0) - 1;
        }
        const shown = lagging ? { ...named, status: 'CREATE_COMPLETE' } : (named ?? stacks[at]);
        const next = named === undefined && at + 1 < stacks.length ? `<NextToken>${at + 1}</NextToken>` : '';
        const members = shown === undefined ? '' : member(shown);
        return {
          xml: `<DescribeStacksResponse><DescribeStacksResult><Stacks>${members}</Stacks>${next}</DescribeStacksResult></DescribeStacksResponse>`,
        };
      }
      case 'ListStackResources':
        return listed('ListStackResources', (named?.resources ?? []).map(summary).join(''), 'StackResourceSummaries');
      case 'GetTemplate':
        return listed(
          'GetTemplate',
          JSON.stringify({ Resources: named?.template ?? {} }).replaceAll('"', '&quot;'),
          'TemplateBody',
        );
      case 'ListRoles':
      case 'ListRoleTags':
      case 'ListAttachedRolePolicies':
      case 'ListRolePolicies':
      case 'ListInstanceProfilesForRole':
      case 'ListEntitiesForPolicy': {
        const action = form.get('Action') ?? '';
        const of = form.get('RoleName') ?? form.get('PolicyArn') ?? form.get('PathPrefix');
        return {
          xml: `<${action}Response><${action}Result>${lists[`${action} ${of}`] ?? ''}<IsTruncated>false</IsTruncated></${action}Result></${action}Response>`,
        };
      }
      case 'DeleteStack':
        Object.assign(named ?? {}, { status: named?.end ?? 'DELETE_COMPLETE' });
        return { xml: '<DeleteStackResponse/>' };
      default:
        return {
          xml: `<DescribeStackEventsResponse><DescribeStackEventsResult><StackEvents><member><StackId>x</StackId><EventId>e</EventId><StackName>x</StackName><Timestamp>2026-10-01T08:00:00Z</Timestamp><LogicalResourceId>Access1</LogicalResourceId><ResourceStatus>DELETE_FAILED</ResourceStatus><ResourceStatusReason>it is attached elsewhere</ResourceStatusReason></member></StackEvents></DescribeStackEventsResult></DescribeStackEventsResponse>`,
        };
    }
  };
}

function listed(action: string, content: string, name: string): { readonly xml: string } {
  return {
    xml: `<${action}Response><${action}Result><${name}>${content}</${name}></${action}Result></${action}Response>`,
  };
}

function summary([type, id]: readonly [string, string]): string {
  return `<member><LogicalResourceId>R</LogicalResourceId><PhysicalResourceId>${id}</PhysicalResourceId><ResourceType>AWS::IAM::${type}</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus></member>`;
}

const own = (name: string, more: Partial<DeployedStack> = {}): DeployedStack => ({
  name: `dev--${name}`,
  tag: `dev/${name}`,
  ...more,
});
const shared: DeployedStack = { name: 'dev--Foundation', tag: 'dev' };

const pruneOf = (answer: Answer, ...flags: readonly string[]) => runAgainst(answer, ['prune', 'dev', ...flags]);

test('stacks of the file, and stacks with similar names, are not touched', async () => {
  const stacks = [
    shared,
    own('support-chat'),
    own('code-review'),
    { name: 'dev--old', tag: 'dev/other' },
    { name: 'dev--theirs' },
    own('inner', { nested: true }),
    { name: 'other' },
    own('gone', { status: 'DELETE_COMPLETE' }),
  ];
  const { exitCode, out, err, actions } = await pruneOf(accountOf(stacks), '--yes');
  expect([exitCode, err]).toEqual([0, '']);
  expect(out.split('\n')).toEqual([
    '✓ nothing to prune  dev in 111122223333, us-east-1: 2 applications deployed, all in the file.',
    "  left alone: dev--old, which is named like an application's stack but not tagged as one",
    "  left alone: dev--theirs, which is named like an application's stack but not tagged as one",
  ]);
  expect(actions.filter((a) => a.startsWith('Delete'))).toEqual([]);
});

test('an application that left the file is found, and is kept without --yes', async () => {
  const { exitCode, out, actions } = await pruneOf(accountOf([shared, own('support-chat'), own('invoice-reader')]));
  expect(exitCode).toBe(1);
  expect(out.split('\n')).toEqual([
    '✗ 1 application deployed and no longer in the file  dev in 111122223333, us-east-1: the access is still there.',
    '',
    '  application     stack                status           last changed',
    '  invoice-reader  dev--invoice-reader  CREATE_COMPLETE  2026-10-01T08:00:00.000Z',
    '',
    "Deleting them breaks clients that still pass the ARNs of these applications' profiles.",
    'Next:  npx bedrock-access prune dev --yes',
  ]);
  expect(actions.filter((a) => a.startsWith('Delete'))).toEqual([]);
});

test('--yes deletes exactly the stacks of applications that left the file', async () => {
  const { exitCode, out, actions, regions } = await pruneOf(
    accountOf([shared, own('support-chat'), own('old')]),
    '--yes',
  );
  expect([exitCode, regions]).toEqual([0, ['us-east-1']]);
  expect(out.split('\n')[0]).toBe('✓ pruned  dev in 111122223333, us-east-1: 1 stack deleted.');
  expect(actions.filter((a) => a.startsWith('Delete'))).toEqual([`DeleteStack ${idOf('dev--old')}`]);
});

test('a stack that is still described as before its deletion is waited for', async () => {
  const { exitCode, out } = await pruneOf(accountOf([own('old', { lag: 1 })]), '--yes');
  expect([exitCode, out.split('\n')[0]]).toEqual([0, '✓ pruned  dev in 111122223333, us-east-1: 1 stack deleted.']);
});

test('a stack with an operation in progress is not deleted', async () => {
  const { exitCode, out, actions } = await pruneOf(accountOf([own('old', { status: 'UPDATE_IN_PROGRESS' })]), '--yes');
  expect(exitCode).toBe(3);
  expect(out).toContain(
    'dev--old: another operation is changing it (UPDATE_IN_PROGRESS); run the command again when that has ended',
  );
  expect(actions.filter((a) => a.startsWith('Delete'))).toEqual([]);
});

test('an environment without stacks is not reported as clean', async () => {
  const { out } = await pruneOf(accountOf([]));
  expect(out).toBe(
    '✓ nothing to prune  dev in 111122223333, us-east-1: no application of this environment is deployed there.',
  );
});

test('a stack that CloudFormation cannot delete is shown with the reason, and the others are deleted', async () => {
  const stacks = [own('a', { end: 'DELETE_FAILED' }), own('b')];
  const { exitCode, out } = await pruneOf(accountOf(stacks), '--yes');
  expect(exitCode).toBe(3);
  expect(out).toContain('✗ 1 of 2 stacks left');
  expect(out).toContain('dev--a: DELETE_FAILED: Access1: it is attached elsewhere');
  expect(out).toMatch(/b +dev--b +deleted/);
});

test('a deletion that is denied does not stop the others', async () => {
  const answer = accountOf([own('a'), own('b')], (form) =>
    form.get('Action') === 'DeleteStack' && form.get('StackName') === idOf('dev--a')
      ? refusal(403, 'AccessDenied', 'not authorized to perform: cloudformation:DeleteStack')
      : { xml: '' },
  );
  const { exitCode, out } = await pruneOf(answer, '--yes', '--json');
  expect(exitCode).toBe(3);
  expect(new Ajv({ strict: false }).validate(schemas()['prune-output.schema.json'] as object, JSON.parse(out))).toBe(
    true,
  );
  expect(JSON.parse(out).stacks.map((s: { deleted: boolean; why?: string }) => [s.deleted, s.why])).toEqual([
    [
      false,
      'could not delete dev--a (cloudformation:DeleteStack): not authorized to perform: cloudformation:DeleteStack; use credentials that have this permission',
    ],
    [true, undefined],
  ]);
});

test.each([
  [
    'of another account',
    (form: URLSearchParams) =>
      form.get('Action') === 'GetCallerIdentity'
        ? { xml: CALLER.replaceAll('111122223333', '444455556666') }
        : { xml: '' },
    '✗ the credentials belong to account 444455556666 (arn:aws:sts::444455556666:assumed-role/admin/me), but dev is in account 111122223333; use credentials of that account',
  ],
  [
    'that have expired',
    () => refusal(403, 'ExpiredToken', 'The security token included in the request is expired'),
    '✗ could not find out whose credentials these are: The security token included in the request is expired; the credentials have expired or were revoked; sign in again, for example with: aws sso login',
  ],
  [
    'that may not list stacks',
    (form: URLSearchParams) =>
      form.get('Action') === 'DescribeStacks' ? refusal(403, 'AccessDenied', 'no') : { xml: '' },
    '✗ could not list the stacks (cloudformation:DescribeStacks): no; use credentials that have this permission',
  ],
] as const)('credentials %s: exit 3, nothing is deleted', async (_, change, message) => {
  const { exitCode, out, err, actions } = await pruneOf(accountOf([own('old')], change), '--yes');
  expect([exitCode, out, err]).toEqual([3, '', message]);
  expect(actions.filter((a) => a.startsWith('Delete'))).toEqual([]);
});

describe('what is attached by hand', () => {
  const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const VPC = 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole';
  const ACCESS = 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_old_access-1';
  const DENIAL = 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_old_limit';
  const attachedPolicies = (...arns: readonly string[]): string =>
    `<AttachedPolicies>${arns.map((arn) => `<member><PolicyArn>${arn}</PolicyArn><PolicyName>p</PolicyName></member>`).join('')}</AttachedPolicies>`;
  const old = () =>
    own('old', {
      resources: [
        ['Role', 'dev_old_lambda'],
        ['Role', 'dev_old_ec2'],
        ['ManagedPolicy', ACCESS],
        ['ManagedPolicy', DENIAL],
        ['InstanceProfile', 'dev_old_ec2'],
      ],
      template: {
        Role: { Properties: { ManagedPolicyArns: [{ Ref: 'Conditions' }, VPC] } },
        Access: { Properties: { Roles: [{ Ref: 'Role' }, 'existing-api'], Users: ['alice'] } },
      },
    });
  const profiles = (...names: readonly string[]): string =>
    `<InstanceProfiles>${names.map((name) => `<member><InstanceProfileName>${name}</InstanceProfileName><Roles/></member>`).join('')}</InstanceProfiles>`;
  const ofTheStack: IamLists = {
    'ListAttachedRolePolicies dev_old_lambda': attachedPolicies(ACCESS, VPC),
    'ListInstanceProfilesForRole dev_old_ec2': profiles('dev_old_ec2'),
    // The limit function detaches the denial from everybody.
    [`ListEntitiesForPolicy ${DENIAL}`]:
      '<PolicyRoles><member><RoleName>left-the-file</RoleName></member></PolicyRoles>',
    [`ListEntitiesForPolicy ${ACCESS}`]:
      '<PolicyRoles><member><RoleName>dev_old_lambda</RoleName></member><member><RoleName>existing-api</RoleName></member></PolicyRoles><PolicyUsers><member><UserName>alice</UserName></member></PolicyUsers><PolicyGroups/>',
  };

  test('what the stack attaches itself does not stop its deletion', async () => {
    const { exitCode, out, actions } = await pruneOf(accountOf([old()], undefined, ofTheStack), '--yes');
    expect([exitCode, out.split('\n')[0]]).toEqual([0, '✓ pruned  dev in 111122223333, us-east-1: 1 stack deleted.']);
    expect(actions).toContain('ListEntitiesForPolicy');
  });

  test.each([
    [
      'a policy',
      { 'ListAttachedRolePolicies dev_old_lambda': attachedPolicies(ACCESS, READ_ONLY) },
      `role dev_old_lambda and the policy ${READ_ONLY}`,
      `aws iam detach-role-policy --role-name dev_old_lambda --policy-arn ${READ_ONLY}`,
    ],
    [
      'an inline policy',
      { 'ListRolePolicies dev_old_lambda': '<PolicyNames><member>extra</member></PolicyNames>' },
      'role dev_old_lambda and the inline policy extra',
      'aws iam delete-role-policy --role-name dev_old_lambda --policy-name extra',
    ],
    [
      'an instance profile',
      { 'ListInstanceProfilesForRole dev_old_lambda': profiles('theirs') },
      'role dev_old_lambda and the instance profile theirs',
      'aws iam remove-role-from-instance-profile --role-name dev_old_lambda --instance-profile-name theirs',
    ],
    [
      'the policy of the application on a role of somebody else',
      {
        [`ListEntitiesForPolicy ${ACCESS}`]:
          '<PolicyRoles><member><RoleName>stranger</RoleName></member></PolicyRoles><PolicyUsers/><PolicyGroups/>',
      },
      'policy dev_old_access-1 and role stranger',
      `aws iam detach-role-policy --role-name stranger --policy-arn ${ACCESS}`,
    ],
    [
      'the policy of the application on a group',
      {
        [`ListEntitiesForPolicy ${ACCESS}`]:
          '<PolicyRoles/><PolicyUsers/><PolicyGroups><member><GroupName>team</GroupName></member></PolicyGroups>',
      },
      'policy dev_old_access-1 and group team',
      `aws iam detach-group-policy --group-name team --policy-arn ${ACCESS}`,
    ],
  ] as const)('%s is named with its command, and nothing of that stack is begun', async (_, list, what, command) => {
    const stacks = [old(), own('gone')];
    const { exitCode, out, actions } = await pruneOf(
      accountOf(stacks, undefined, { ...ofTheStack, ...(list as IamLists) }),
      '--yes',
    );
    expect(exitCode).toBe(3);
    expect(out.split('\n')).toEqual(expect.arrayContaining([`  dev--old: ${what}`, `    ${command}`]));
    expect(actions.filter((a) => a.startsWith('Delete'))).toEqual([`DeleteStack ${idOf('dev--gone')}`]);
  });

  test('it is named for an application of the file too, before somebody changes or destroys it', async () => {
    const chat = own('support-chat', { resources: [['Role', 'dev_support-chat_lambda']] });
    const lists = { 'ListAttachedRolePolicies dev_support-chat_lambda': attachedPolicies(READ_ONLY) };
    const { exitCode, out } = await pruneOf(accountOf([chat], undefined, lists));
    expect(exitCode).toBe(0);
    expect(out).toContain(`aws iam detach-role-policy --role-name dev_support-chat_lambda --policy-arn ${READ_ONLY}`);
  });

  test('a role that no stack has is found, with the commands that delete it', async () => {
    const role = (name: string): string => `<member><RoleName>${name}</RoleName></member>`;
    const tagged = (value: string): string =>
      `<Tags><member><Key>BedrockAccess</Key><Value>${value}</Value></member></Tags>`;
    const lists = {
      'ListRoles /bedrock-access/dev/': `<Roles>${['dev_chat_old', 'dev_meter', 'dev_support-chat_lambda'].map(role).join('')}</Roles>`,
      'ListRoleTags dev_chat_old': tagged('dev/chat'),
      'ListRoleTags dev_meter': tagged('dev'),
      'ListAttachedRolePolicies dev_chat_old': attachedPolicies(READ_ONLY),
    };
    const chat = own('support-chat', { resources: [['Role', 'dev_support-chat_lambda']] });
    const { exitCode, out } = await pruneOf(accountOf([chat], undefined, lists), '--json');
    expect(exitCode).toBe(1);
    const validate = new Ajv({ strict: false }).compile(schemas()['prune-output.schema.json'] as object);
    expect(validate(JSON.parse(out))).toBe(true);
    expect(JSON.parse(out).leftBehind).toEqual([
      {
        role: 'dev_chat_old',
        attachments: [
          {
            what: 'role dev_chat_old',
            attached: `the policy ${READ_ONLY}`,
            command: `aws iam detach-role-policy --role-name dev_chat_old --policy-arn ${READ_ONLY}`,
          },
        ],
        commands: [
          `aws iam detach-role-policy --role-name dev_chat_old --policy-arn ${READ_ONLY}`,
          'aws iam delete-role --role-name dev_chat_old',
        ],
      },
    ]);
  });

  test('credentials that may not ask IAM delete nothing', async () => {
    const answer = accountOf([own('old', { resources: [['Role', 'dev_old_lambda']] })], (form) =>
      form.get('Action') === 'ListAttachedRolePolicies' ? refusal(403, 'AccessDenied', 'no') : { xml: '' },
    );
    const { exitCode, err, actions } = await pruneOf(answer, '--yes');
    expect([exitCode, err]).toEqual([
      3,
      '✗ could not see what dev_old_lambda carries (iam:ListAttachedRolePolicies): no; use credentials that have this permission',
    ]);
    expect(actions.filter((a) => a.startsWith('Delete'))).toEqual([]);
  });
});
