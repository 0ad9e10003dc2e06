import { application, planOf } from '../plan/environments';
import { resourcesOf, shippedTemplates, templatesOf } from './synthesized';

interface KeyStatement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Principal: '*' | Readonly<Record<string, string>>;
  readonly Action: string | readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const ROOT = /^arn:aws:iam::\d{12}:root$/;
/** Keys of which one at least says for whom, or for what, a service uses the key. */
const ASKED = ['aws:SourceAccount', 'aws:SourceArn', 'kms:EncryptionContext:aws:logs:arn'];

/** What is wrong with a statement of a key policy, a sentence each. */
function flaws({ Sid, Effect, Principal, Action, Condition = {} }: KeyStatement): readonly string[] {
  const actions = [Action].flat();
  const isRoot =
    typeof Principal === 'object' && Object.keys(Principal).join() === 'AWS' && ROOT.test(`${Principal['AWS']}`);
  const values = Object.values(Condition).flatMap((keys) => Object.entries(keys));
  const bound = values.some(([key, value]) => ASKED.includes(key) && !/^[*]?$/.test(value));
  return [
    ...(Effect === 'Allow' || isRoot ? [] : [`${Sid} has the effect ${Effect}`]),
    ...(actions.some((a) => /^(\*|kms:\*)$/i.test(a)) && !isRoot
      ? [`${Sid} lets others than the root do everything`]
      : []),
    ...(isRoot || typeof Principal !== 'object' || Principal['Service'] === undefined || bound
      ? []
      : [`${Sid} lets ${Principal['Service']} use the key for anybody`]),
    ...(isRoot || (typeof Principal === 'object' && Object.keys(Principal).join() === 'Service')
      ? []
      : [`${Sid} is for ${JSON.stringify(Principal)}`]),
  ];
}

const root = { AWS: 'arn:aws:iam::111122223333:root' };
const logs = { Service: 'logs.us-east-1.amazonaws.com' };
const base = { Sid: 'S', Effect: 'Allow', Resource: '*' } as const;
const here = { StringEquals: { 'aws:SourceAccount': '111122223333' } };

test.each<[KeyStatement, readonly string[]]>([
  [{ ...base, Principal: root, Action: 'kms:*' }, []],
  [{ ...base, Principal: logs, Action: ['kms:Decrypt'], Condition: here }, []],
  [{ ...base, Principal: '*', Action: 'kms:Decrypt', Condition: here }, ['S is for "*"']],
  [{ ...base, Principal: { AWS: '*' }, Action: 'kms:Decrypt' }, ['S is for {"AWS":"*"}']],
  [
    { ...base, Principal: { AWS: 'arn:aws:iam::111122223333:role/r' }, Action: 'KMS:*' },
    ['S lets others than the root do everything', 'S is for {"AWS":"arn:aws:iam::111122223333:role/r"}'],
  ],
  [{ ...base, Principal: logs, Action: ['kms:*'], Condition: here }, ['S lets others than the root do everything']],
  [
    { ...base, Principal: logs, Action: ['kms:Decrypt'] },
    ['S lets logs.us-east-1.amazonaws.com use the key for anybody'],
  ],
  [
    { ...base, Principal: logs, Action: ['kms:Decrypt'], Condition: { StringLike: { 'aws:SourceArn': '*' } } },
    ['S lets logs.us-east-1.amazonaws.com use the key for anybody'],
  ],
])('of the statement %j is said %j', (statement, said) => {
  expect(flaws(statement)).toEqual(said);
});

test('every key is rotated, administered by its account alone, and used by services for that account alone', () => {
  const asked = templatesOf(planOf({ shop: application() }, { invocationLogging: {} }));
  const keys = [shippedTemplates('dev'), shippedTemplates('prod'), asked].flatMap((t) =>
    resourcesOf(t, 'AWS::KMS::Key'),
  );
  expect(keys.length).toBeGreaterThan(0);
  for (const { id, Properties } of keys) {
    const { Statement } = Properties['KeyPolicy'] as { readonly Statement: readonly KeyStatement[] };
    expect([id, Properties['EnableKeyRotation'], Statement.flatMap(flaws)]).toEqual([id, true, []]);
    // Without its root a key that loses its users is lost.
    expect(Statement.filter(({ Principal }) => typeof Principal === 'object' && 'AWS' in Principal)).toHaveLength(1);
  }
});
