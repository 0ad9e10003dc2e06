import type { Layer } from '../evaluate/decision';
import type { ParsedLayer } from '../evaluate/policy-layers';
import type { RequestContext } from '../match/access-request';
import { contextKeys } from '../match/context-keys';
import type { Match } from '../match/match';
import { matchKeyClass, matchResourceClass } from '../match/match-class';
import { matchAction } from '../match/match-statement';
import type { ParsedStatement } from '../policy/parsed-statement';
import { actionWitnesses, resourceWitnesses, valueWitnesses } from './witnesses';

/** Requests that every statement answers alike in one dimension. */
export interface DimensionClass {
  /**
   * A member: an action, an ARN, or the value of a key.
   *
   * @default - the key is absent
   */
  readonly witness?: string;
  /** One bit a statement: it certainly matches. */
  readonly certain: Uint32Array;
  /** One bit a statement: it matches, or that is not decided. */
  readonly possible: Uint32Array;
}

/** The action, the resource, or a condition key in lower case. */
export interface Dimension {
  readonly name: string;
  readonly classes: readonly DimensionClass[];
}

export interface SpaceStatement {
  readonly layer: Layer;
  readonly policy: string;
  readonly statement: ParsedStatement;
}

/** All requests there are, as far as some policies tell them apart: the product of the classes of every dimension. */
export interface RequestSpace {
  /** The action, the resource, then every condition key that appears. */
  readonly dimensions: readonly Dimension[];
  readonly statements: readonly SpaceStatement[];
  /** For each layer, one bit a statement. */
  readonly layers: readonly { readonly allow: Uint32Array; readonly deny: Uint32Array }[];
  /** Why statements are undecided for some requests. */
  readonly undecided: ReadonlyMap<SpaceStatement, string>;
}

/** Words that make better witnesses than the shortest ones, and keys whose value is known. */
export interface Surroundings {
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** Keys that have these values in every request. */
  readonly known?: RequestContext;
}

/**
 * Divides all requests into classes by what the statements of all layers together can tell apart.
 *
 * Two requests of one class match the same statements, so what one of them is answered, all are. Keys without a type in
 * `condition-keys.ts` are taken to have one value; set operators on keys that may have several stay undecided, and so do
 * policy variables. Resources are `*` and ARNs of six parts.
 *
 * @throws TooManyClasses
 */
export function requestSpace(layers: readonly ParsedLayer[], surroundings: Surroundings = {}): RequestSpace {
  const statements = layers.flatMap(({ layer, policies }) =>
    policies.flatMap((p) => p.statements.map((statement): SpaceStatement => ({ layer, policy: p.name, statement }))),
  );
  const known = contextKeys(surroundings.known ?? {});
  const undecided = new Map<SpaceStatement, string>();
  const dimension = (
    name: string,
    witnesses: readonly (string | undefined)[],
    match: (statement: ParsedStatement, witness: string | undefined) => Match,
  ): Dimension => ({ name, classes: classes(statements, witnesses, match, undecided) });

  const all = statements.map((s) => s.statement);
  const conditions = all.flatMap((s) => s.conditions);
  const keys = [...new Set(conditions.map((c) => c.key))].sort();
  return {
    dimensions: [
      dimension('action', actionWitnesses(all, surroundings.actions), (statement, witness = '') =>
        matchAction(statement, witness.toLowerCase()),
      ),
      dimension('resource', resourceWitnesses(all, surroundings.resources), (statement, witness = '') =>
        matchResourceClass(statement, witness, known),
      ),
      ...keys.map((key) => {
        const own = conditions.filter((c) => c.key === key);
        const witnesses = known.get(key)?.slice(0, 1) ?? valueWitnesses(key, own, surroundings.values?.[key]);
        return dimension(key, witnesses, (statement, witness) => matchKeyClass(statement, key, witness, known));
      }),
    ],
    statements,
    layers: layersOf(layers, statements),
    undecided,
  };
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

/** One class for every set of statements that some witness matches. */
function classes(
  statements: readonly SpaceStatement[],
  witnesses: readonly (string | undefined)[],
  match: (statement: ParsedStatement, witness: string | undefined) => Match,
  undecided: Map<SpaceStatement, string>,
): readonly DimensionClass[] {
  const found = new Map<string, DimensionClass>();
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
    if (!found.has(key)) {
      found.set(key, {
        ...(witness !== undefined && { witness }),
        certain: mask(certain, statements.length),
        possible: mask(possible, statements.length),
      });
    }
  }
  return [...found.values()];
}

function mask(bits: readonly number[], length: number): Uint32Array {
  const words = new Uint32Array(Math.max(1, Math.ceil(length / 32)));
  for (const bit of bits) {
    words[bit >>> 5] = (words[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
  return words;
}
