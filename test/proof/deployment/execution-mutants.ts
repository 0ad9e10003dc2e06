import type { Statement } from '../../../lib/plan/parts/statement';

/** An execution policy with one change, so that it allows too little or too much. */
export interface ExecutionMutant {
  readonly title: string;
  /** The statement that is changed. */
  readonly sid: string;
  readonly wrong: 'too little' | 'too much';
  readonly statements: readonly Statement[];
}

type Conditions = NonNullable<Statement['Condition']>;

/** Removes each resource and each value of a condition, and widens each of them, one at a time. */
export function executionMutants(statements: readonly Statement[]): readonly ExecutionMutant[] {
  return statements.flatMap((statement) => {
    const mutant = (wrong: ExecutionMutant['wrong'], what: string, changes: Partial<Statement>): ExecutionMutant => {
      const { Condition, ...rest } = { ...statement, ...changes };
      const changed = Condition === undefined || Object.keys(Condition).length === 0 ? rest : { ...rest, Condition };
      return {
        title: `${statement.Sid} ${what}`,
        sid: statement.Sid,
        wrong,
        statements: statements.map((s) => (s === statement ? changed : s)),
      };
    };
    const { Resource = [], Condition = {} } = statement;
    return [
      ...(Resource.length < 2
        ? []
        : Resource.map((resource) =>
            mutant('too little', `is without ${resource}`, { Resource: Resource.filter((r) => r !== resource) }),
          )),
      ...Resource.flatMap((resource) =>
        widened(resource).map((wider) =>
          mutant('too much', `has ${wider} for ${resource}`, {
            Resource: Resource.map((r) => (r === resource ? wider : r)),
          }),
        ),
      ),
      ...conditionMutants(Condition).map(({ wrong, what, changed }) => mutant(wrong, what, { Condition: changed })),
    ];
  });
}

/**
 * Lists wider patterns than one: any Region, any account, any resource of its type, any resource below its folder, and
 * a longer name.
 */
function widened(resource: string): readonly string[] {
  const parts = resource.split(':');
  const anywhere = [3, 4]
    .filter((i) => parts[i] !== '' && parts[i] !== '*')
    .map((i) => parts.map((part, at) => (at === i ? '*' : part)).join(':'));
  const wider = [
    ...anywhere,
    resource.replace(/(?<=\/|:function:|:log-group:)[^/:]+\*?$/, '*'),
    resource.replace(/\/bedrock-access\/.*$/, '/*'),
    resource.replace(/\/bedrock-access\/([^/]+)\//, '/bedrock-access/$1*/'),
    ...(resource.endsWith('*') ? [] : [`${resource}*`]),
    '*',
  ];
  return resource === '*' ? [] : [...new Set(wider)].filter((pattern) => pattern !== resource);
}

function conditionMutants(
  condition: Conditions,
): readonly { readonly wrong: ExecutionMutant['wrong']; readonly what: string; readonly changed: Conditions }[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, value]) => {
      const values = [value].flat();
      const like = operator.replace('Equals', 'Like');
      const any = operator.startsWith('Arn') ? 'arn:*:*:*:*:*' : '*';
      const loose = operator.endsWith('IfExists');
      return [
        { wrong: 'too much' as const, what: `does not ask for ${key}`, changed: {} },
        { wrong: 'too much' as const, what: `takes any ${key}`, changed: { [like]: { [key]: any } } },
        loose
          ? {
              wrong: 'too little' as const,
              what: `asks for ${key} in every case`,
              changed: { [operator.replace('IfExists', '')]: { [key]: value } },
            }
          : {
              wrong: 'too much' as const,
              what: `asks for ${key} only where there is one`,
              changed: { [`${operator}IfExists`]: { [key]: value } },
            },
        ...(values.length < 2
          ? []
          : values.map((gone) => ({
              wrong: 'too little' as const,
              what: `does not take ${gone} for ${key}`,
              changed: { [operator]: { [key]: values.filter((v) => v !== gone) } },
            }))),
      ];
    }),
  );
}
