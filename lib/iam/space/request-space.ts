import type { Layer } from '../evaluate/decision';
import type { ParsedLayer } from '../evaluate/policy-layers';
import type { RequestContext } from '../match/access-request';
import { contextKeys } from '../match/context-keys';
import type { Match } from '../match/match';
import { matchKeyClass, matchResourceClass } from '../match/match-class';
import { matchAction } from '../match/match-statement';
import type { ParsedStatement } from '../policy/parsed-statement';
import { fillKnownVariables } from './known-variables';
import { actionWitnesses, resourceWitnesses, valueWitnesses } from './witnesses';

/** A class of requests that no statement distinguishes in one dimension. */
export interface DimensionClass {
  /**
   * A member of the class: an action, a resource, or the values of a condition key. Empty if the requests of the class
   * lack the condition key.
   */
  readonly witness: readonly string[];
  /** Bit mask of the statements that certainly match. */
  readonly certain: Uint32Array;
  /** Bit mask of the statements that match or that cannot be decided. */
  readonly possible: Uint32Array;
}

/** One property of requests, divided into classes. */
export interface Dimension {
  /** `action`, `resource`, or a condition key in lower case. */
  readonly name: string;
  readonly classes: readonly DimensionClass[];
}

export interface SpaceStatement {
  readonly layer: Layer;
  readonly policy: string;
  readonly statement: ParsedStatement;
}

/** All possible requests, as far as some policies distinguish them: the product of the classes of every dimension. */
export interface RequestSpace {
  /** The action, the resource, then every condition key that the policies name. */
  readonly dimensions: readonly Dimension[];
  readonly statements: readonly SpaceStatement[];
  /** Bit masks of the statements of each layer. */
  readonly layers: readonly { readonly allow: Uint32Array; readonly deny: Uint32Array }[];
  /** Statements that cannot be decided for some requests, with the reason. */
  readonly undecided: ReadonlyMap<SpaceStatement, string>;
}

/** Words that are preferred as witnesses, and condition keys whose values are known. */
export interface SpaceOptions {
  /**
   * Actions to use as witnesses of their classes.
   *
   * @default - the shortest words
   */
  readonly actions?: readonly string[];
  /**
   * Resources to use as witnesses of their classes.
   *
   * @default - the shortest words
   */
  readonly resources?: readonly string[];
  /**
   * Values to use as witnesses of their classes, by condition key in lower case.
   *
   * @default - the shortest words
   */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /**
   * Condition keys that have these values in every request.
   *
   * @default - any key may have any value
   */
  readonly known?: RequestContext;
}

/**
 * Divides all requests into the classes that the statements of all layers together can distinguish.
 *
 * Two requests of one class match the same statements and therefore get the same decision. A key without a type in
 * `condition-keys.ts` is assumed to have one value, unless a set operator compares it. Keys that are compared as
 * numbers, times or IP addresses are assumed to hold such values. Policy variables stay undecided. Resources are `*` and
 * ARNs of six parts.
 *
 * @throws TooManyClasses when the automaton of one dimension exceeds its limit of states
 */
export function requestSpace(layers: readonly ParsedLayer[], options: SpaceOptions = {}): RequestSpace {
  const known = contextKeys(options.known ?? {});
  const statements = layers.flatMap(({ layer, policies }) =>
    policies.flatMap(({ name: policy, statements: all }) =>
      all.map((s): SpaceStatement => ({ layer, policy, statement: fillKnownVariables(s, known) })),
    ),
  );
  const undecided = new Map<SpaceStatement, string>();
  const dimension = (
    name: string,
    witnesses: readonly (readonly string[])[],
    match: (statement: ParsedStatement, witness: readonly string[]) => Match,
  ): Dimension => ({ name, classes: classes(statements, witnesses, match, undecided) });

  const all = statements.map((s) => s.statement);
  const conditions = all.flatMap((s) => s.conditions);
  const keys = [...new Set(conditions.map((c) => c.key))].sort();
  return {
    dimensions: [
      dimension('action', actionWitnesses(all, options.actions).map(alone), (statement, [action = '']) =>
        matchAction(statement, action.toLowerCase()),
      ),
      dimension('resource', resourceWitnesses(all, options.resources).map(alone), (statement, [resource = '']) =>
        matchResourceClass(statement, resource, known),
      ),
      ...keys.map((key) => {
        const own = conditions.filter((c) => c.key === key);
        const value = known.get(key);
        const witnesses = value === undefined ? valueWitnesses(key, own, options.values?.[key]) : [value];
        return dimension(key, witnesses, (statement, witness) => matchKeyClass(statement, key, witness, known));
      }),
    ],
    statements,
    layers: layersOf(layers, statements),
    undecided,
  };
}

function alone(word: string): readonly string[] {
  return [word];
}

function layersOf(
  layers: readonly ParsedLayer[],
  statements: readonly SpaceStatement[],
): readonly { readonly allow: Uint32Array; readonly deny: Uint32Array }[] {
  let first = 0;
  return layers.map(({ policies }) => {
    const count = policies.reduce((n, p) => n + p.statements.length, 0);
    const own = statements.slice(first, first + count).map((s, i) => [first + i, s.statement.effect] as const);
    first += count;
    const bits = (effect: 'Allow' | 'Deny'): Uint32Array =>
      mask(
        own.filter(([, e]) => e === effect).map(([i]) => i),
        statements.length,
      );
    return { allow: bits('Allow'), deny: bits('Deny') };
  });
}

/** Forms one class for every set of statements that some witness matches. */
function classes(
  statements: readonly SpaceStatement[],
  witnesses: readonly (readonly string[])[],
  match: (statement: ParsedStatement, witness: readonly string[]) => Match,
  undecided: Map<SpaceStatement, string>,
): readonly DimensionClass[] {
  const byStatements = new Map<string, DimensionClass>();
  for (const witness of witnesses) {
    const certain: number[] = [];
    const possible: number[] = [];
    for (const [i, s] of statements.entries()) {
      const result = match(s.statement, witness);
      if (result !== false) {
        possible.push(i);
      }
      if (result === true) {
        certain.push(i);
      } else if (result !== false) {
        undecided.set(s, result[0] ?? '');
      }
    }
    const key = `${certain.join()}|${possible.join()}`;
    if (!byStatements.has(key)) {
      byStatements.set(key, {
        witness,
        certain: mask(certain, statements.length),
        possible: mask(possible, statements.length),
      });
    }
  }
  return [...byStatements.values()];
}

function mask(bits: readonly number[], length: number): Uint32Array {
  const words = new Uint32Array(Math.max(1, Math.ceil(length / 32)));
  for (const bit of bits) {
    words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return words;
}
