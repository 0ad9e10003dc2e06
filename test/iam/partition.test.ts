import { partition, TooManyClasses } from '../../lib/iam/space/partition';
import { seededRandom } from './random';
import {
  ignoringCase,
  inParts,
  isSmall,
  randomPattern,
  SMALL_WORDS,
  type SmallPattern,
  shortestLengths,
  signature,
  whole,
} from './small-words';

const UNIVERSES = [whole('*'), whole('?*'), inParts('?*', '*'), inParts('*', '*', '*')];

function witnesses(patterns: readonly SmallPattern[], universe: SmallPattern, examples: readonly string[] = []) {
  return partition(
    patterns.map((p) => p.steps),
    { within: universe.steps },
    examples,
  );
}

function randomPatterns(seed: number) {
  const random = seededRandom(seed);
  const patterns = Array.from({ length: 1 + random.below(5) }, () => randomPattern(random));
  const universe = random.one(UNIVERSES);
  return { random, patterns, universe, title: `${seed}: ${patterns.map((p) => p.text)} within ${universe.text}` };
}

test('every word has the signature of one witness, and every witness is a shortest word of its signature', () => {
  const counts = new Set<number>();
  for (let seed = 1; seed <= 400; seed += 1) {
    const { patterns, universe, title } = randomPatterns(seed);
    const words = witnesses(patterns, universe);
    const lengths = new Map(words.map((word) => [signature(patterns, word), word.length]));
    const small = new Map([...lengths].filter(([, length]) => isSmall(length)));
    expect({ title, outside: words.filter((word) => !universe.matches.test(word)) }).toEqual({ title, outside: [] });
    expect({ title, witnesses: words.length }).toEqual({ title, witnesses: lengths.size });
    expect({ title, small }).toEqual({ title, small: shortestLengths(patterns, universe) });
    counts.add(words.length);
  }
  expect(counts.size).toBeGreaterThan(9);
});

test('the first example of a class within the universe is its witness', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const { random, patterns, universe, title } = randomPatterns(seed);
    const examples = random.some(SMALL_WORDS, 20);
    const words = new Set(witnesses(patterns, universe, examples));
    const first = new Map<string, string>();
    for (const example of examples.filter((word) => universe.matches.test(word))) {
      const key = signature(patterns, example);
      first.set(key, first.get(key) ?? example);
    }
    expect({ title, left: [...first.values()].filter((word) => !words.has(word)) }).toEqual({ title, left: [] });
  }
});

test('a class is found even if its first words are literal patterns: some word of a? is neither ax nor ay', () => {
  const [ax, ay, ...others] = witnesses([whole('a?'), whole('ax'), whole('ay')], whole('a?'));
  expect([ax, ay]).toEqual(['ax', 'ay']);
  expect(others).toEqual([expect.stringMatching(/^a[^xy]$/)]);
});

test('if the shortest words of a class are literal patterns, its witness is the shortest other word', () => {
  const words = witnesses([whole(''), whole('x'), whole('?b*')], whole('*'));
  expect(words.map((word) => word.length).sort()).toEqual([0, 1, 1, 2]);
});

test('additional words of the universe are witnesses, unless they match its pattern anyway', () => {
  const universe = { within: whole('a*').steps, words: ['*', 'ab'] };
  expect(partition([whole('ab*').steps], universe)).toEqual(['a', 'ab', '*']);
});

test('a case-insensitive pattern matches both cases of ASCII letters and of no others', () => {
  const patterns = [ignoringCase('k*'), whole('K*'), ignoringCase('é')];
  const words = witnesses(patterns, whole('?'), ['k', 'K', '\u212a', 'é', 'É']);
  expect([...words].sort()).toEqual(['K', 'k', 'é', '\u212a']);
});

test('a character of two code units is one character', () => {
  const face = '\u{1f600}';
  const words = witnesses([whole('?'), whole(`${face}*`)], whole('?*'));
  expect(words.map((word) => [[...word].length, word.startsWith(face)]).sort()).toEqual([
    [1, false],
    [1, true],
    [2, false],
    [2, true],
  ]);
});

test('patterns that distinguish 2^14 classes are refused', () => {
  const patterns = Array.from({ length: 14 }, (_, i) => whole(`*${'abcdefghijklmn'[i]}*${'ABCDEFGHIJKLMN'[i]}*`));
  expect(() => witnesses(patterns, whole('*'))).toThrow(TooManyClasses);
});
