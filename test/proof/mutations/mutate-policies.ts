import type { MutableStatement } from './mutated-account';

/** A policy document with one change, and a description of the change. */
export interface Mutant {
  readonly operator: string;
  /** The changed statement, as `SID`, or `the policy`. */
  readonly where: string;
  readonly statements: readonly MutableStatement[];
}

/** One change of a statement. `undefined` removes the statement. */
type Change = readonly [operator: string, changed: MutableStatement | undefined];
type Texts = string | readonly string[] | undefined;

const listOf = (texts: Texts): readonly string[] => (texts === undefined ? [] : [texts].flat());

/** Lists the policies that differ by one change from a policy, a boundary or, with `trust`, a trust policy. */
export function mutantsOf(statements: readonly MutableStatement[], trust = false): readonly Mutant[] {
  const changed = statements.flatMap((statement, index) =>
    [...ofStatement(statement), ...(trust ? ofPrincipal(statement) : ofResources(statement))].map(
      ([operator, other]): Mutant => ({
        operator,
        where: statement.Sid ?? `statement ${index}`,
        statements: statements.toSpliced(index, 1, ...(other === undefined ? [] : [other])),
      }),
    ),
  );
  const more = (trust ? MORE_TRUST : MORE_STATEMENTS).map(
    ([operator, extra]): Mutant => ({ operator, where: 'the policy', statements: [...statements, extra] }),
  );
  return [...changed, ...more];
}

const allow = (Action: string, Resource = '*'): MutableStatement => ({
  Sid: 'Extra',
  Effect: 'Allow',
  Action,
  Resource,
});
const trusting = (Principal: unknown, Condition?: MutableStatement['Condition']): MutableStatement => ({
  Sid: 'Extra',
  Effect: 'Allow',
  Principal,
  Action: 'sts:AssumeRole',
  ...(Condition !== undefined && { Condition }),
});

const MORE_STATEMENTS: readonly (readonly [string, MutableStatement])[] = [
  ['everything allowed in addition', allow('*')],
  ['Bedrock allowed in addition', allow('bedrock:*')],
  [
    'a model allowed in addition',
    allow('bedrock:InvokeModel', 'arn:aws:bedrock:*::foundation-model/amazon.nova-pro-v1:0'),
  ],
  ['bearer tokens allowed in addition', allow('bedrock:CallWithBearerToken')],
  ['batch jobs allowed in addition', allow('bedrock:CreateModelInvocationJob')],
  ['bedrock-mantle allowed in addition', allow('bedrock-mantle:*')],
  ['passing roles allowed in addition', allow('iam:PassRole')],
  ['writing aliases allowed in addition', allow('ssm:PutParameter')],
  ['assuming roles allowed in addition', allow('sts:AssumeRole')],
  ['objects allowed in addition', { ...allow('s3:GetObject'), Condition: { Null: { 'aws:SourceVpce': 'false' } } }],
  ['a model denied in addition', { ...allow('bedrock:InvokeModel'), Effect: 'Deny' }],
  ['reading aliases denied in addition', { ...allow('ssm:Get*'), Effect: 'Deny' }],
  [
    'insecure transport denied in addition',
    { ...allow('*'), Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
  ],
];

const MORE_TRUST: readonly (readonly [string, MutableStatement])[] = [
  ['everybody trusted in addition', trusting('*')],
  ['another account trusted in addition', trusting({ AWS: '999988887777' })],
  ['an organization trusted in addition', trusting({ AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-acme' } })],
  [
    'roles that a pattern names trusted in addition',
    trusting('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::99998888777?:role/*' } }),
  ],
  ['a service trusted in addition', trusting({ Service: 'ec2.amazonaws.com' })],
  ['sessions tagged by everybody in addition', { ...trusting('*'), Action: 'sts:TagSession' }],
];

function ofStatement(statement: MutableStatement): readonly Change[] {
  const { Effect } = statement;
  return [
    ['statement dropped', undefined],
    ['effect reversed', { ...statement, Effect: Effect === 'Allow' ? 'Deny' : 'Allow' }],
    ...ofActions(statement),
    ...ofConditions(statement),
  ];
}

function ofActions(statement: MutableStatement): readonly Change[] {
  const actions = listOf(statement.Action);
  const { Action: _, ...rest } = statement;
  return [
    ...eachChanged(statement, 'Action', (action, first) => {
      const [service = '', name = ''] = action.split(':');
      return [
        ['action becomes any of its service', `${service}:*`],
        ['action misspelt', `${action}${name.at(-1)}`],
        ...(first
          ? ([
              ['action becomes any', '*'],
              ['action ends in *', `${service}:${name.replace(/[A-Z][a-z]*$/, '')}*`],
              ['action ends in ?', `${service}:${name.slice(0, -1)}?`],
              ['action in capitals', action.toUpperCase()],
            ] as const)
          : []),
      ];
    }),
    ['action added', { ...statement, Action: [...actions, `${actions[0]?.split(':')[0]}:ListTagsForResource`] }],
    ['Action becomes NotAction', { ...rest, NotAction: [...actions] }],
  ];
}

function ofResources(statement: MutableStatement): readonly Change[] {
  const element = statement.Resource === undefined ? 'NotResource' : 'Resource';
  const { Resource, NotResource, ...rest } = statement;
  const other = element === 'Resource' ? { NotResource: Resource } : { Resource: NotResource };
  const part = (arn: string, index: number, text: string): string => arn.split(':').with(index, text).join(':');
  return [
    ...eachChanged(statement, element, (arn, first) =>
      arn === '*'
        ? [['resource becomes one', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0']]
        : [
            ['resource becomes any', '*'],
            ['Region becomes any', part(arn, 3, '*')],
            ['name becomes any', arn.replace(/[^/:]*$/, '*')],
            ...(first
              ? ([
                  ['partition becomes any', part(arn, 1, '*')],
                  ['Region becomes another', part(arn, 3, 'ap-south-2')],
                  ['account becomes any', part(arn, 4, '*')],
                  ['account becomes another', part(arn, 4, '999988887777')],
                  ['name ends in *', `${arn.slice(0, -1)}*`],
                  ['name ends in ?', `${arn.slice(0, -1)}?`],
                  ['name goes on', `${arn}x`],
                ] as const)
              : []),
          ],
    ),
    [`${element} reversed`, { ...rest, ...other } as MutableStatement],
  ];
}

function ofPrincipal(statement: MutableStatement): readonly Change[] {
  const whole: readonly (readonly [string, unknown])[] = [
    ['principal becomes everybody', '*'],
    ['principal becomes everybody of AWS', { AWS: '*' }],
    ['principal becomes another account', { AWS: '999988887777' }],
    ['principal becomes a role', { AWS: 'arn:aws:iam::111122223333:role/admin' }],
    ['principal becomes another service', { Service: 'ec2.amazonaws.com' }],
    ['principal becomes another provider', { Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' }],
    ['service added', { ...(statement.Principal as object), Service: ['ec2.amazonaws.com', 'ecs.amazonaws.com'] }],
    ['account added', { AWS: ['999988887777', ...listOf((statement.Principal as { AWS?: string }).AWS)] }],
  ];
  return whole.map(([operator, Principal]) => [operator, { ...statement, Principal }] as const);
}

function ofConditions(statement: MutableStatement): readonly Change[] {
  const { Condition, ...rest } = statement;
  const add = (operator: string, key: string, value: string): Change => [
    `condition added: ${operator}`,
    { ...statement, Condition: { ...Condition, [operator]: { ...Condition?.[operator], [key]: value } } },
  ];
  return [
    ...(Condition === undefined ? [] : [['condition dropped', rest] as const]),
    ...Object.entries(Condition ?? {}).flatMap(([operator, block]) =>
      Object.entries(block).flatMap(([key, values]) => ofKey(statement, operator, key, listOf(values))),
    ),
    add('StringEquals', 'aws:PrincipalTag/team', 'red'),
    add('Null', 'aws:TokenIssueTime', 'true'),
  ];
}

function ofKey(
  statement: MutableStatement,
  operator: string,
  key: string,
  values: readonly string[],
): readonly Change[] {
  const { [operator]: block = {}, ...others } = statement.Condition ?? {};
  const { [key]: _, ...kept } = block;
  const left = Object.keys(kept).length === 0 ? others : { ...others, [operator]: kept };
  const as = (name: string, changed: readonly string[] = values, to = key): MutableStatement => ({
    ...statement,
    Condition: { ...left, [name]: { ...left[name], [to]: [...changed] } },
  });
  const ifExists = operator.endsWith('IfExists') ? operator.slice(0, -'IfExists'.length) : `${operator}IfExists`;
  const like = operator.replace('Equals', 'Like');
  const single = operator.replace(/^For(?:Any|All)Values?:/, '');
  const part = (value: string): string => value.replace(/[^/:]*$/, '*');
  return [
    ['key dropped', { ...statement, Condition: left }],
    ['IfExists reversed', as(ifExists)],
    [
      'operator negated',
      as(operator.includes('Not') ? operator.replace('Not', '') : operator.replace(/Equals|Like/, 'Not$&')),
    ],
    ['operator compares as text', as(operator.replace('Arn', 'String'))],
    ['operator like', as(like)],
    ['operator like, value ends in *', as(like, values.map(part))],
    ['operator like, value any', as(like.replace('Arn', 'String'), ['*'])],
    ['operator ignores case', as('StringEqualsIgnoreCase')],
    ['operator over any value', as(`ForAnyValue:${single}`)],
    operator === single
      ? ['operator over all values', as(`ForAllValues:${single}`)]
      : ['operator over one value', as(single)],
    ['key must be present', as('Null', ['false'])],
    ['key must be absent', as('Null', ['true'])],
    ...(values.length === 1
      ? []
      : values.map((_value, i) => ['value dropped', as(operator, values.toSpliced(i, 1))] as const)),
    ['value added', as(operator, [...values, `${values[0]}x`])],
    [
      'value becomes another',
      as(
        operator,
        values.map((value) => `${value}x`),
      ),
    ],
    ['key becomes another', as(operator, values, 'aws:SourceArn')],
  ];
}

/** Lists the statement without each item of an element, and with each item replaced. */
function eachChanged(
  statement: MutableStatement,
  element: 'Action' | 'Resource' | 'NotResource',
  replacements: (item: string, first: boolean) => readonly (readonly [operator: string, item: string])[],
): readonly Change[] {
  const items = listOf(statement[element]);
  return items.flatMap((item, index): readonly Change[] => [
    ...(items.length === 1
      ? []
      : [[`${element} dropped`, { ...statement, [element]: items.toSpliced(index, 1) }] as const]),
    ...replacements(item, index === 0).map(
      ([operator, other]) => [operator, { ...statement, [element]: items.with(index, other) }] as const,
    ),
  ]);
}
