import { evaluate } from '../../../lib/iam/evaluate/evaluate';
import type { AccessRequest } from '../../../lib/iam/match/access-request';
import type { PolicySet } from '../policy-set';
import { OPERATORS } from './random-condition';
import { lowerCaseKeys, type WrittenStatement } from './written';

const LAYERS = ['identity', 'boundary', 'session', 'serviceControl', 'endpoint'] as const;
const ELEMENTS = [
  'Deny',
  'NotAction',
  'NotResource',
  '*',
  '?',
  'a variable',
  'an absent key',
  'several values',
] as const;

/** Counts of the constructs in the compared cases, so that no comparison passes because its cases are too simple. */
export interface Variety {
  compared: number;
  /** Number of compared decisions whose case has the construct. */
  readonly had: Record<string, number>;
  sampled: number;
  /** Number of sampled decisions that change without the construct. */
  readonly decisive: Record<string, number>;
}

export function emptyVariety(): Variety {
  return { compared: 0, had: {}, sampled: 0, decisive: {} };
}

/** Lists the constructs in the policies, whatever the request is. */
export function traitsOf(statements: readonly WrittenStatement[]): ReadonlySet<string> {
  const traits = new Set<string>();
  for (const { statement, conditions, resources, values } of statements) {
    for (const name of [statement.Effect, ...Object.keys(statement), ...conditions.map(({ operator }) => operator)]) {
      traits.add(name);
    }
    for (const { text, current } of [...resources, ...values]) {
      for (const mark of ['*', '?'].filter((wildcard) => text.includes(wildcard) && text !== wildcard)) {
        traits.add(mark);
      }
      if (current && /\$\{[a-z]/i.test(text)) {
        traits.add('a variable');
      }
    }
  }
  return traits;
}

export function countCompared(
  variety: Variety,
  traits: ReadonlySet<string>,
  statements: readonly WrittenStatement[],
  request: AccessRequest,
  decision: string,
): void {
  const keys = lowerCaseKeys(request);
  const conditions = statements.flatMap((statement) => statement.conditions);
  const all = [
    decision,
    ...traits,
    ...(conditions.some(({ key }) => !keys.has(key)) ? ['an absent key'] : []),
    ...(conditions.some(({ key }) => (keys.get(key)?.length ?? 0) > 1) ? ['several values'] : []),
  ];
  variety.compared += 1;
  for (const trait of all) {
    variety.had[trait] = (variety.had[trait] ?? 0) + 1;
  }
}

/** Leaves out each layer and each operator in turn, to see whether it changes the decision. */
export function countDecisive(variety: Variety, policies: PolicySet, request: AccessRequest, decision: string): void {
  const count = (name: string, changed: PolicySet): void => {
    if (evaluate(changed, request).decision !== decision) {
      variety.decisive[name] = (variety.decisive[name] ?? 0) + 1;
    }
  };
  variety.sampled += 1;
  for (const layer of LAYERS.filter((name) => policies[name] !== undefined)) {
    const { [layer]: _left, ...rest } = policies;
    count(layer, { identity: [], ...rest });
  }
  const text = JSON.stringify(policies);
  for (const operator of OPERATORS.filter((name) => text.includes(`"${name}":`))) {
    count(operator, withoutOperator(policies, operator));
  }
}

function withoutOperator(policies: PolicySet, operator: string): PolicySet {
  return JSON.parse(JSON.stringify(policies), (name, value) => (name === operator ? undefined : value));
}

/** Lists the constructs that are too rare for a meaningful comparison. `except` names those that may be missing. */
export function missingVariety({ compared, had, sampled, decisive }: Variety, except: readonly string[]): string[] {
  const allowed = (had['allowed'] ?? 0) / compared;
  const present = ['implicitDeny', 'explicitDeny', ...ELEMENTS, ...OPERATORS];
  const rows: [string, number, number][] = [
    ...present.map((name): [string, number, number] => [name, (had[name] ?? 0) / compared, 0.01]),
    ...LAYERS.map((name): [string, number, number] => [`${name} decides`, (decisive[name] ?? 0) / sampled, 0.01]),
    ...OPERATORS.map((name): [string, number, number] => [`${name} decides`, (decisive[name] ?? 0) / sampled, 0.0001]),
  ];
  return [
    ...(allowed > 0.3 && allowed < 0.7 ? [] : [`allowed: ${allowed}`]),
    ...rows
      .filter(([name, share, least]) => !except.includes(name) && !(share >= least))
      .map(([name, share, least]) => `${name}: a share of ${share} instead of at least ${least}`),
  ];
}
