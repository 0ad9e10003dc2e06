import { application, planOf } from '../plan/environments';
import { environmentTemplates, resourcesOf, templatesOf } from './synthesized';

interface KeyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const ROOT = /^arn:aws:iam::\d{12}:root$/;
/** Condition keys that restrict a service's use of the key. A statement needs at least one of them. */
const RESTRICTING = ['aws:SourceAccount', 'aws:SourceArn', 'kms:EncryptionContext:aws:logs:arn'];

/** Lists the flaws of a statement in a key policy, one sentence each. */
function flaws({ Sid, Effect, Principal, Action, Condition = {} }: KeyStatement): readonly string[] {
  const actions = [Action].flat();
  const isRoot =
    typeof Principal === 'object' && Object.keys(Principal).join() === 'AWS' && ROOT.test(`${Principal['AWS']}`);
  const values = Object.values(Condition).flatMap((keys) => Object.entries(keys));
  const isRestricted = values.some(([key, value]) => RESTRICTING.includes(key) && !/^[*]?$/.test(value));
  return [
    ...(Effect === 'Allow' || isRoot ? [] : [`${Sid} has the effect ${Effect}`]),
    ...(actions.some((a) => /^(\*|kms:\*)$/i.test(a)) && !isRoot
      ? [`${Sid} lets a principal other than the root do everything`]
      : []),
    ...(isRoot || typeof Principal !== 'object' || Principal['Service'] === undefined || isRestricted
      ? []
      : [`${Sid} lets ${Principal['Service']} use the key for anybody`]),
    ...(isRoot || (typeof Principal === 'object' && Object.keys(Principal).join() === 'Service')
      ? []
      : [`${Sid} is for ${JSON.stringify(Principal)}`]),
  ];
}

const root = { AWS: 'arn:aws:iam::111122223333:root' };
const logs = { Service: 'logs.us-east-1.amazonaws.com' };
const statement = { Sid: 'S', Effect: 'Allow', Resource: '*' } as const;
const here = { StringEquals: { 'aws:SourceAccount': '111122223333' } };

test.each<[KeyStatement, readonly string[]]>([
  [{ ...statement, Principal: root, Action: 'kms:*' }, []],
  [{ ...statement, Principal: logs, Action: ['kms:Decrypt'], Condition: here }, []],
  [{ ...statement, Principal: '*', Action: 'kms:Decrypt', Condition: here }, ['S is for "*"']],
  [{ ...statement, Principal: { AWS: '*' }, Action: 'kms:Decrypt' }, ['S is for {"AWS":"*"}']],
  [
    { ...statement, Principal: { AWS: 'arn:aws:iam::111122223333:role/r' }, Action: 'KMS:*' },
    ['S lets a principal other than the root do everything', 'S is for {"AWS":"arn:aws:iam::111122223333:role/r"}'],
  ],
  [
    { ...statement, Principal: logs, Action: ['kms:*'], Condition: here },
    ['S lets a principal other than the root do everything'],
  ],
  [
    { ...statement, Principal: logs, Action: ['kms:Decrypt'] },
    ['S lets logs.us-east-1.amazonaws.com use the key for anybody'],
  ],
  [
    { ...statement, Principal: logs, Action: ['kms:Decrypt'], Condition: { StringLike: { 'aws:SourceArn': '*' } } },
    ['S lets logs.us-east-1.amazonaws.com use the key for anybody'],
  ],
])('the statement %j has the flaws %j', (keyStatement, expected) => {
  expect(flaws(keyStatement)).toEqual(expected);
});

test('every key is rotated, administered only by its account, and used by services only for that account', () => {
  const withLogging = templatesOf(planOf({ shop: application() }, { invocationLogging: {} }));
  const keys = [environmentTemplates('dev'), environmentTemplates('prod'), withLogging].flatMap((t) =>
    resourcesOf(t, 'AWS::KMS::Key'),
  );
  expect(keys.length).toBeGreaterThan(0);
  for (const { id, Properties } of keys) {
    const { Statement } = Properties['KeyPolicy'] as { readonly Statement: readonly KeyStatement[] };
    expect([id, Properties['EnableKeyRotation'], Statement.flatMap(flaws)]).toEqual([id, true, []]);
    // Without the root, nobody could administer a key whose other users were deleted.
    expect(Statement.filter(({ Principal }) => typeof Principal === 'object' && 'AWS' in Principal)).toHaveLength(1);
  }
});
