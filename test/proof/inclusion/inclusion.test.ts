import { proveSpace } from '../../../lib/proof/access/prove-space';
import cases from './ordered-conditions.json';

/**
 * Pairs of policies and whether everything that `a` allows is also allowed by `b`.
 *
 * The first pairs were labelled by hand. The others were made at random, and labelled by a program in another language
 * with its own addresses, decimals and dates: it decided both policies for every end of every range, for the values
 * beside it, for every set of the values, and without the key.
 */
type Case = (typeof cases)[number];

function policyOf(name: string, statements: Case['a'] | Case['b']) {
  const Statement = statements.map((s) => ({ ...s, Action: 's3:GetObject', Resource: '*' }));
  return { name, document: { Version: '2012-10-17', Statement } };
}

/** Returns whether `a` is included in `b`, or `undefined` if that is not decided. */
function verdict({ a, b }: Case): boolean | undefined {
  const { findings, refusals } = proveSpace({
    layers: { identity: [policyOf('a', a)] },
    intent: policyOf('b', b),
    surroundings: {},
  });
  if (refusals.length > 0 || findings.some((f) => f.kind === 'undecided')) {
    return undefined;
  }
  return !findings.some((f) => f.kind === 'excess');
}

const verdicts = cases.map((one) => ({ title: one.title, included: one.included, found: verdict(one) }));

test('no verdict on the inclusion of numbers, times, addresses and sets is wrong', () => {
  expect(verdicts.filter(({ found, included }) => found !== undefined && found !== included)).toEqual([]);
});

test('at least 95 % of the verdicts are decided, and a third of each kind', () => {
  const decided = verdicts.filter(({ found }) => found !== undefined);
  expect(verdicts.filter(({ found }) => found === undefined).map(({ title }) => title)).toEqual([
    'an address that begins like a block',
    'an address with a pattern in another block',
    'a time as a number and as a date',
  ]);
  expect(decided.length / verdicts.length).toBeGreaterThanOrEqual(0.95);
  for (const included of [true, false]) {
    expect(decided.filter((v) => v.included === included).length).toBeGreaterThan(verdicts.length / 3);
  }
});
