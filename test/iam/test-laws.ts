import type { Decision } from '../../lib/iam/evaluate/decision';
import { evaluate } from '../../lib/iam/evaluate/evaluate';
import { type Random, seededRandom } from './random';
import {
  OPERATORS,
  type RandomCase,
  type RandomStatement,
  randomCase,
  randomPolicy,
  randomStatement,
} from './random-case';
import { documentOf } from './verdict';

const SEED = 20_261_101;

type Rewrite = (statement: RandomStatement, index: number) => readonly unknown[];

const asIs: Rewrite = (statement) => [statement];

function decide(input: RandomCase, rewrite = asIs): Decision {
  const policy = (name: string, statements: readonly RandomStatement[]) => ({
    name,
    document: documentOf(...statements.flatMap(rewrite)),
  });
  const { identity, boundary, session, request } = input;
  const layers = {
    identity: identity.map((statements, index) => policy(`identity${index}`, statements)),
    ...(boundary === undefined ? {} : { boundary: policy('boundary', boundary) }),
    ...(session === undefined ? {} : { session: policy('session', session) }),
  };
  return evaluate(layers, request);
}

type Law<T> = (input: RandomCase, before: Decision, random: Random) => T;

/** Tests that IAM's laws hold for so many random cases, which are the same in every run. */
export function testLaws(cases: number): void {
  /** The cases on which every law is tried. */
  const generated = Array.from({ length: cases }, (_, index) => {
    const seed = SEED + index;
    const input = randomCase(seededRandom(seed));
    return { seed, input, before: decide(input) };
  });

  /** Checks the law on every case. The law returns `undefined` if it holds, otherwise a description of the violation. */
  function holds(law: Law<string | undefined>): void {
    for (const { seed, input, before } of generated) {
      const broken = law(input, before, seededRandom(-seed));
      if (broken !== undefined) {
        throw new Error(`seed ${seed}: ${broken}\n${JSON.stringify(input, null, 2)}`);
      }
    }
  }

  const outcome = ({ decision, layer }: Decision): string => `${decision} by ${layer}`;

  function changesNothing(change: Law<Decision>): void {
    holds((input, before, random) => {
      const [expected, actual] = [outcome(before), outcome(change(input, before, random))];
      return expected === actual ? undefined : `${expected} became ${actual}`;
    });
  }

  function withStatement(input: RandomCase, statement: RandomStatement): RandomCase {
    return { ...input, identity: [...input.identity, [statement]] };
  }

  test('the generator is varied', () => {
    const counts = new Map<string, number>();
    const count = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
    const inputs = new Set<string>();
    holds((input, { decision }) => {
      count(decision);
      const text = JSON.stringify(input);
      inputs.add(text);
      for (const name of [...OPERATORS, 'NotAction', 'NotResource']) {
        if (text.includes(`"${name}":`)) {
          count(name);
        }
      }
      return undefined;
    });
    const share = (name: string): number => (counts.get(name) ?? 0) / cases;
    expect(inputs.size).toBe(cases);
    expect(share('allowed')).toBeGreaterThan(0.2);
    expect(share('allowed')).toBeLessThan(0.8);
    expect(
      ['implicitDeny', 'explicitDeny', 'refused', 'NotAction', 'NotResource'].filter((name) => share(name) < 0.03),
    ).toEqual([]);
    expect(OPERATORS.filter((name) => share(name) < 0.01)).toEqual([]);
  });

  test('each operator decides some case, whose outcome differs without its conditions', () => {
    const undecided = new Set<string>(OPERATORS);
    for (let seed = SEED; undecided.size > 0 && seed < SEED + 4_000; seed += 1) {
      const input = randomCase(seededRandom(seed));
      const text = JSON.stringify(input);
      for (const operator of [...undecided].filter((name) => text.includes(`"${name}":`))) {
        const without = decide(input, ({ Condition = {}, ...statement }) => {
          const { [operator]: _dropped, ...rest } = Condition;
          return [{ ...statement, Condition: rest }];
        });
        if (outcome(without) !== outcome(decide(input))) {
          undecided.delete(operator);
        }
      }
    }
    expect([...undecided]).toEqual([]);
  });

  test('adding a Deny never allows', () => {
    holds((input, { decision: before }, random) => {
      const after = decide(withStatement(input, randomStatement(random, 'Deny'))).decision;
      return after === 'allowed' && before !== 'allowed' ? `${before} became ${after}` : undefined;
    });
  });

  /** For each decision, the decisions that it can change to when an Allow is added, in addition to `refused`. */
  const POSSIBLE: Readonly<Record<Decision['decision'], readonly Decision['decision'][]>> = {
    allowed: ['allowed'],
    explicitDeny: ['explicitDeny'],
    implicitDeny: ['implicitDeny', 'allowed'],
    refused: ['refused'],
  };

  test('adding an Allow never denies', () => {
    holds((input, { decision: before }, random) => {
      const after = decide(withStatement(input, randomStatement(random, 'Allow'))).decision;
      return after === 'refused' || POSSIBLE[before].includes(after) ? undefined : `${before} became ${after}`;
    });
  });

  test('adding a boundary never allows', () => {
    holds((input, _before, random) => {
      const before = decide({ ...input, boundary: undefined }).decision;
      const after = decide({ ...input, boundary: randomPolicy(random) }).decision;
      return after === 'allowed' && before !== 'allowed' ? `${before} became ${after}` : undefined;
    });
  });

  test('a boundary that allows everything changes nothing', () => {
    const everything: RandomStatement = { Effect: 'Allow', Action: ['*'], Resource: ['*'] };
    holds((input) => {
      const before = decide({ ...input, boundary: undefined }).decision;
      const after = decide({ ...input, boundary: [everything] }).decision;
      return before === after ? undefined : `${before} became ${after}`;
    });
  });

  test('the order of policies and statements changes nothing', () => {
    changesNothing(({ identity, boundary, session, request }) =>
      decide({
        identity: identity.map((statements) => statements.toReversed()).toReversed(),
        boundary: boundary?.toReversed(),
        session: session?.toReversed(),
        request,
      }),
    );
  });

  test('the order of actions, resources, operators and values changes nothing', () => {
    const reversed = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.toReversed()
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .toReversed()
                .map(([key, item]) => [key, reversed(item)]),
            )
          : value;
    changesNothing((input) => decide(input, (statement) => [reversed(statement)]));
  });

  test('splitting a statement by action and resource changes nothing', () => {
    const split = (statement: RandomStatement, element: 'Action' | 'Resource'): RandomStatement[] =>
      statement[element]?.map((item) => ({ ...statement, [element]: [item] })) ?? [statement];
    changesNothing((input) =>
      decide(input, (statement) => split(statement, 'Action').flatMap((part) => split(part, 'Resource'))),
    );
  });

  test('repeating a statement changes nothing', () => {
    changesNothing((input) => decide(input, (statement) => [statement, statement]));
  });

  test('a Sid changes nothing', () => {
    changesNothing((input) => decide(input, (statement, index) => [{ Sid: `S${index}`, ...statement }]));
  });

  test('replacing a list of one string by the string changes nothing', () => {
    const single = (value: unknown): unknown => {
      if (Array.isArray(value)) {
        return value.length === 1 ? value[0] : value;
      }
      return typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, single(item)]))
        : value;
    };
    changesNothing((input) => decide(input, (statement) => [single(statement)]));
  });

  test('the case of actions changes nothing, in policy and request', () => {
    const swapCase = (text: string): string =>
      text.replace(/[a-z]/gi, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      );
    changesNothing((input) =>
      decide({ ...input, request: { ...input.request, action: swapCase(input.request.action) } }),
    );
    changesNothing((input) =>
      decide(input, ({ Action, NotAction, ...statement }) => [
        {
          ...statement,
          ...(Action && { Action: Action.map(swapCase) }),
          ...(NotAction && { NotAction: NotAction.map(swapCase) }),
        },
      ]),
    );
  });

  test('an unknown operator anywhere never allows', () => {
    holds((input, _before, random) => {
      const chosen = random.below(input.identity[0]?.length ?? 1);
      const after = decide(input, (statement, index) => [
        index === chosen ? { ...statement, Condition: { BinaryEquals: { 'test:number': '1' } } } : statement,
      ]);
      return after.decision === 'refused' ? undefined : `became ${after.decision}`;
    });
  });

  test('two seeds give two sequences', () => {
    const sequence = (seed: number) => {
      const random = seededRandom(seed);
      return Array.from({ length: 20 }, () => random.below(1_000));
    };
    expect(sequence(1)).toEqual(sequence(1));
    expect(sequence(1)).not.toEqual(sequence(2));
    expect(new Set(sequence(1)).size).toBeGreaterThan(15);
  });
}
