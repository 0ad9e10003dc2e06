import { evaluate } from '../../lib/iam/evaluate/evaluate';
import type { AccessRequest } from '../../lib/iam/match/access-request';
import type { Policy } from '../../lib/iam/policy/policy';
import { hasBit } from '../../lib/iam/space/decide-space';
import type { Dimension, RequestSpace } from '../../lib/iam/space/request-space';
import { documentOf } from './verdict';

/** The elements of a statement that are compared, as written in its policy. */
export interface WrittenStatement {
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const MATCHING = { allowed: 'matches', implicitDeny: 'no', explicitDeny: 'no', refused: 'undecided' } as const;
export type Matching = (typeof MATCHING)[keyof typeof MATCHING];

/** Cache of policies with one statement, or with its part for one dimension, by the name of the dimension. */
const ALONE = new WeakMap<WrittenStatement, Map<string, Policy>>();

/**
 * Decides whether a statement, or its part for one dimension, matches: `evaluate` decides a policy with nothing else.
 */
export function matching(statement: WrittenStatement, request: AccessRequest, dimension?: Dimension): Matching {
  const policies = ALONE.get(statement) ?? new Map<string, Policy>();
  const name = dimension?.name ?? 'the whole';
  const policy = policies.get(name) ?? {
    name,
    document: documentOf({ ...(dimension === undefined ? whole(statement) : part(statement, name)), Effect: 'Allow' }),
  };
  ALONE.set(statement, policies.set(name, policy));
  return MATCHING[evaluate({ identity: [policy] }, request).decision];
}

function whole({ Action, NotAction, Resource, NotResource, Condition }: WrittenStatement): WrittenStatement {
  return {
    ...(NotAction === undefined ? { Action } : { NotAction }),
    ...(NotResource === undefined ? { Resource } : { NotResource }),
    ...(Condition !== undefined && { Condition }),
  };
}

function part(statement: WrittenStatement, name: string): WrittenStatement {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  if (name === 'action') {
    return whole({ Action, NotAction, Resource: '*' });
  }
  if (name === 'resource') {
    return whole({ Action: '*', Resource, NotResource });
  }
  const own = Object.entries(Condition).flatMap(([operator, block]) => {
    const keys = Object.entries(block).filter(([key]) => key.toLowerCase() === name);
    return keys.length === 0 ? [] : [[operator, Object.fromEntries(keys)] as const];
  });
  return { Action: '*', Resource: '*', Condition: Object.fromEntries(own) };
}

/** Returns the number of the request's class in the dimension, or `undefined` if it is in no class. */
export function classOf(
  dimension: Dimension,
  statements: readonly WrittenStatement[],
  request: AccessRequest,
): number | undefined {
  const expected = statements.map((statement) => matching(statement, request, dimension));
  const index = dimension.classes.findIndex(({ certain, possible }) =>
    expected.every((matched, i) => matched === inBits(certain, possible, i)),
  );
  return index < 0 ? undefined : index;
}

export function inBits(certain: Uint32Array, possible: Uint32Array, bit: number): Matching {
  return hasBit(certain, bit) ? 'matches' : hasBit(possible, bit) ? 'undecided' : 'no';
}

/** Lists every combination of classes, as one class number for each dimension. */
export function everyProduct({ dimensions }: RequestSpace): readonly (readonly number[])[] {
  return dimensions.reduce<readonly (readonly number[])[]>(
    (products, { classes }) => products.flatMap((p) => classes.map((_, i) => [...p, i])),
    [[]],
  );
}

/** Returns the witness of a combination of classes. */
export function requestOf({ dimensions }: RequestSpace, indices: readonly number[]): AccessRequest {
  const [[action = ''] = [], [resource = ''] = [], ...values] = dimensions.map(
    (d, i) => d.classes[indices[i] ?? 0]?.witness ?? [],
  );
  const keys = dimensions.slice(2).flatMap(({ name }, i) => (values[i]?.length ? [[name, values[i]]] : []));
  return { action, resource, context: Object.fromEntries(keys) };
}
