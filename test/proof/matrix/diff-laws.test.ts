import type { Width } from '../../../lib/proof/controls/width';
import type { AccessMatrix, MatrixCall, MatrixPrincipal, MatrixProfile } from '../../../lib/proof/matrix/access-matrix';
import { type AccessDiff, diffAccess, differs } from '../../../lib/proof/matrix/diff-access';
import { type Random, seededRandom } from '../../iam/random';
import { call, difference, matrix, profile, role } from './diff-matrices';

const SEED = 20_261_121;
const CASES = 400;

const MODELS = ['amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0', 'acme.large-v1:0'];
const LINES = ['everybody', 'account 1', 'account 1 where a StringEquals b', 'account 1 where c Bool true'];
const VERIFICATION =
  'account 111122223333 where aws:principalarn ArnEquals arn:aws:iam::111122223333:role/bedrock-access/dev/dev_verification';

/** Returns a random part of a list, in its order. */
function subset<T>(random: Random, items: readonly T[]): readonly T[] {
  return items.filter(() => random.chance(0.5));
}

function randomCall(random: Random, through: string): MatrixCall {
  const guardrail = random.one([undefined, undefined, 'abc:1', 'abc:2', 'xyz:1']);
  return call({
    application: random.one(['chat', 'search']),
    model: random.one(MODELS),
    routing: random.one(['us', 'global']),
    regions: subset(random, ['any', 'us-east-1', 'us-east-2']),
    actions: random.one([['bedrock:InvokeModel'], call().actions]),
    through,
    ...(guardrail !== undefined && { guardrail }),
    decidedBy: [random.one(['one', 'two'])],
  });
}

function randomPrincipal(random: Random, name: string): MatrixPrincipal {
  return role(name, {
    becomes: random.chance(0.5) ? [VERIFICATION] : subset(random, LINES),
    boundary: random.one(['', 'dev_boundary', 'dev_probe-boundary']),
    complete: random.chance(0.8),
    calls: subset(random, ['a', 'b', 'c']).map((through) => randomCall(random, through)),
  });
}

function randomProfiles(random: Random): readonly MatrixProfile[] {
  return ['chat', 'search'].flatMap((application) => {
    const names = subset(random, ['a', 'b', 'c']);
    const served = random.one([...names, 'none']);
    return names.map((name) => profile({ application, name, model: random.one(MODELS), served: name === served }));
  });
}

function randomMatrix(random: Random): AccessMatrix {
  const names = subset(random, ['x', 'y', 'dev_chat_probe', 'dev_chat_probe-policies', 'dev_search_probe']);
  const budgets = subset(random, ['chat', 'search', 'draft']).map((application) => [application, random.below(3)]);
  return matrix({
    region: random.chance(0.9) ? 'us-east-1' : 'eu-west-1',
    profiles: randomProfiles(random),
    principals: names.map((name) => randomPrincipal(random, name)),
    budgets: Object.fromEntries(budgets),
  });
}

/**
 * Changes a matrix in one respect, so that it stays mostly the same: a new random part, one more call, or other
 * statements.
 */
function neighbour(random: Random, of: AccessMatrix): AccessMatrix {
  const { principals, profiles, budgets } = randomMatrix(random);
  const everybody = (change: (calls: readonly MatrixCall[]) => readonly MatrixCall[]): AccessMatrix => ({
    ...of,
    principals: of.principals.map((p) => ({ ...p, calls: change(p.calls) })),
  });
  const more = randomCall(random, 'd');
  return random.one([
    { ...of, principals },
    { ...of, profiles },
    { ...of, budgets },
    everybody((calls) => [...calls, more]),
    everybody((calls) => calls.map((c) => ({ ...c, decidedBy: ['three'] }))),
  ]);
}

const PAIRS = Array.from({ length: CASES }, (_, index) => {
  const random = seededRandom(SEED + index);
  const before = randomMatrix(random);
  return { before, after: random.chance(0.5) ? randomMatrix(random) : neighbour(random, before) };
});

type Sided = { readonly before?: unknown; readonly after?: unknown };

function swapped<T extends Sided>({ before, after, ...rest }: T): object {
  return { ...rest, ...(after !== undefined && { before: after }), ...(before !== undefined && { after: before }) };
}

const WIDTHS: Readonly<Record<Width, Width>> = { broader: 'narrower', narrower: 'broader', both: 'both', same: 'same' };
const PROFILES = {
  another: 'another',
  added: 'removed',
  removed: 'added',
  served: 'unserved',
  unserved: 'served',
} as const;

/**
 * Returns the changes of profiles without the distinction that is no mirror image: seen from the other side, the old
 * profile of an alias is new or stays, and not gone or stays.
 */
function profilesOf({ profiles }: AccessDiff) {
  const another = profiles.filter((p) => p.change === 'replaced' || p.change === 'moved');
  const isPart = (p: MatrixProfile | undefined): boolean => another.some((a) => a.before === p || a.after === p);
  return [
    ...another.map((p) => ({ ...p, change: 'another' as const })),
    ...profiles.filter((p) => !isPart(p.before ?? p.after)),
  ] as readonly (Omit<AccessDiff['profiles'][number], 'change'> & { readonly change: keyof typeof PROFILES })[];
}

/** A new profile is compared with the dearest that was there, which is no mirror image. */
const isOfAlias = ({ comparedWith }: AccessDiff['prices'][number]): boolean => comparedWith === 'alias';

/** Returns a difference as seen from the other side, without the order of lists. */
function mirrored(diff: AccessDiff): object {
  const { changes, along, budgets, prices, moved, controls, ...rest } = diff;
  const change = (c: AccessDiff['changes'][number]) => ({ ...swapped(c), width: WIDTHS[c.width] });
  return unordered({
    ...rest,
    ...(moved && { moved: swapped(moved) }),
    changes: changes.map(change),
    along: along.map(change),
    profiles: profilesOf(diff).map((p) => ({ ...swapped(p), change: PROFILES[p.change] })),
    controls: controls?.map(({ words: _, ...c }) => ({ ...swapped(c), width: WIDTHS[c.width] })),
    ...(budgets && { budgets: { ...swapped(budgets), changes: budgets.changes.map(swapped), unlimited: [] } }),
    prices: prices.filter(isOfAlias).map(swapped),
  });
}

/** Sorts the keys of maps and the elements of lists. */
function unordered(value: unknown): object {
  const sort = (v: unknown): unknown =>
    Array.isArray(v)
      ? v.map(sort).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
      : typeof v === 'object' && v !== null
        ? Object.fromEntries(
            Object.entries(v)
              .map(([key, of]) => [key, sort(of)])
              .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
          )
        : v;
  return sort(value) as object;
}

test('a matrix does not differ from itself', () => {
  for (const { before } of PAIRS) {
    const sum = Object.values(before.budgets).reduce((a, b) => a + b, 0);
    const diff = diffAccess({ before, after: structuredClone(before) });
    expect(diff).toEqual(difference({ budgets: { before: sum, after: sum, changes: [], unlimited: [] } }));
    expect(differs(diff)).toBe(false);
  }
});

test('a difference from the other side is its mirror image', () => {
  for (const { before, after } of PAIRS) {
    const diff = diffAccess({ before, after });
    const other = diffAccess({ before: after, after: before });
    const [controls, budgets] = [
      other.controls?.map(({ words: _, ...c }) => c),
      other.budgets && { ...other.budgets, unlimited: [] },
    ];
    const prices = other.prices.filter(isOfAlias);
    expect(unordered({ ...other, profiles: profilesOf(other), controls, budgets, prices })).toEqual(mirrored(diff));
  }
});

test('two matrices without a difference have the same text, except for the order of lists', () => {
  for (const { before, after } of PAIRS) {
    const same = JSON.stringify(unordered(before)) === JSON.stringify(unordered(after));
    if (!differs(diffAccess({ before, after }))) {
      expect(same).toBe(true);
    }
  }
});

test('the random pairs have differences of every kind', () => {
  const kinds = new Set(
    PAIRS.flatMap((pair) => {
      const { changes, along, profiles, budgets, prices, moved, otherStatements } = diffAccess(pair);
      return [
        ...changes.map((c) => `${c.kind} ${c.width}`),
        ...along.map((c) => `along ${c.kind}`),
        ...profiles.map((p) => p.change),
        ...(budgets?.changes ?? []).map((b) => `budget ${b.stays}`),
        ...prices.map((p) => `price ${p.before.price === null}`),
        ...(moved === undefined ? [] : ['environment moved']),
        ...(otherStatements > 0 ? ['statements'] : []),
      ];
    }),
  );
  expect([...kinds].sort()).toEqual(
    [
      ...['call broader', 'call narrower', 'call both', 'call same', 'trust broader', 'trust narrower', 'trust same'],
      ...['boundary broader', 'boundary narrower', 'boundary both', 'complete broader', 'complete narrower'],
      ...['principal broader', 'principal narrower', 'principal same', 'along call', 'along principal'],
      ...['replaced', 'moved', 'added', 'removed', 'served', 'unserved', 'budget true', 'budget false'],
      ...['price true', 'price false', 'environment moved', 'statements'],
    ].sort(),
  );
});
