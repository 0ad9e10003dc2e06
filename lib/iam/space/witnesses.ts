import { conditionKey, isMultivalued } from '../../catalog/condition-keys';
import { arnPatternParts } from '../policy/arn-parts';
import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { Condition } from '../policy/condition';
import { ANY, type Glob, ONE } from '../policy/glob';
import type { ParsedStatement } from '../policy/parsed-statement';
import { isConstant } from '../policy/template';
import { partition, TooManyClasses } from './partition';
import { rangeWitnesses } from './range-witnesses';
import { arnWordPattern, type WordPattern, wordPattern } from './word-pattern';

const SERVICE_AND_NAME: WordPattern = [...wordPattern([ONE, ANY], { colon: false }), ...wordPattern([':', ONE, ANY])];
const ARN: WordPattern = arnWordPattern([['arn'], [ONE, ANY], [ONE, ANY], [ANY], [ANY], [ONE, ANY]]);

/**
 * Cache of action witnesses. Most principals have the same actions in their policies, and this dimension takes longest.
 */
const KNOWN_ACTIONS = new WeakMap<readonly string[], Map<string, readonly string[]>>();

/** Returns one action for every set of patterns that some action matches. An example is preferred. */
export function actionWitnesses(
  statements: readonly ParsedStatement[],
  examples: readonly string[] = [],
): readonly string[] {
  const globs = statements.flatMap((s) => s.actions.patterns).filter((glob) => glob[0] !== ANY);
  const byText = new Map(globs.map((glob) => [textOf(glob), glob]));
  const key = [...byText.keys()].join();
  const known = KNOWN_ACTIONS.get(examples) ?? new Map<string, readonly string[]>();
  const witnesses = known.get(key) ?? partitionActions([...byText.values()], examples);
  KNOWN_ACTIONS.set(examples, known.set(key, witnesses));
  // IAM ignores the case of actions. An action that is no example keeps the spelling of the policy.
  const spelled = new Map(statements.flatMap((s) => s.actionTexts.map((text) => [asciiLowerCase(text), text])));
  return witnesses.map((action) => (examples.includes(action) ? action : (spelled.get(action) ?? action)));
}

function partitionActions(globs: readonly Glob[], examples: readonly string[]): readonly string[] {
  const written = new Map(examples.map((action) => [asciiLowerCase(action), action]));
  const patterns = globs.map((glob) => wordPattern(glob));
  const words = partition(patterns, { within: SERVICE_AND_NAME }, [...written.keys()]);
  return words.map((word) => written.get(word) ?? word);
}

/** Returns one resource, `*` or an ARN of six parts, for every set of patterns that some resource matches. */
export function resourceWitnesses(
  statements: readonly ParsedStatement[],
  examples: readonly string[] = [],
): readonly string[] {
  const globs = statements.flatMap((s) => s.resources.patterns.map((p) => p.whole).filter(isConstant));
  const arns = globs.filter((glob) => arnPatternParts(glob) !== undefined);
  return partition(distinct(arns, arnPattern), { within: ARN, words: ['*'] }, examples);
}

/**
 * Returns the values of a condition key for every set of conditions that some values meet. An empty list stands for
 * requests without the key. A key that may have several values gets every combination of the values that its conditions
 * distinguish.
 *
 * @throws TooManyClasses when the conditions distinguish too many values
 */
export function valueWitnesses(
  key: string,
  conditions: readonly Condition[],
  examples: readonly string[] = [],
): readonly (readonly string[])[] {
  const values = singleValues(key, conditions, examples);
  const hasSeveral =
    isMultivalued(key) || (conditionKey(key) === undefined && conditions.some((c) => c.operator.set !== undefined));
  return hasSeveral ? combinations(values) : [[], ...values.map((value) => [value])];
}

function singleValues(key: string, conditions: readonly Condition[], examples: readonly string[]): readonly string[] {
  if (conditions.some((c) => c.ranges.length > 0)) {
    return rangeWitnesses(key, conditions);
  }
  const type = conditionKey(key)?.type;
  if (type === 'Bool') {
    return ['true', 'false'];
  }
  const within = type === 'ARN' ? ARN : wordPattern([ANY]);
  return partition(valuePatterns(conditions), { within }, examples);
}

/** At most this many values are combined. */
const MAX_COMBINED = 10;

/** Returns every set of values. The empty value is not combined, because AWS does not document what it means then. */
function combinations(values: readonly string[]): readonly (readonly string[])[] {
  if (values.length > MAX_COMBINED) {
    throw new TooManyClasses(
      `a key with several values has ${values.length} values that the conditions distinguish; at most ${MAX_COMBINED} are combined`,
    );
  }
  let sets: readonly (readonly string[])[] = [[]];
  for (const value of values.filter((v) => v !== '')) {
    sets = [...sets, ...sets.map((set) => [...set, value])];
  }
  return values.includes('') ? [...sets, ['']] : sets;
}

const ANY_ACCOUNT: WordPattern = Array.from({ length: 12 }, () => ({
  characters: [...'0123456789'],
  colon: true,
  many: false,
}));

/**
 * Returns ARNs of roles and users of one account, or of any account: one for every class of ARNs that conditions on the
 * caller's ARN distinguish.
 */
export function callerWitnesses(
  account: string | 'any',
  partitionName: string,
  conditions: readonly Condition[],
  examples: readonly string[],
): readonly string[] {
  const patterns = valuePatterns(conditions);
  const prefix = wordPattern([`arn:${partitionName}:iam::`]);
  const own = account === 'any' ? ANY_ACCOUNT : wordPattern([account]);
  return [':role/', ':user/'].flatMap((kind) =>
    partition(patterns, { within: [...prefix, ...own, ...wordPattern([kind, ONE, ANY])] }, examples),
  );
}

/**
 * Returns one ARN for every set of conditions that some ARN meets, of the ARNs that match one of the patterns. The first
 * pattern is one ARN without wildcards.
 */
export function arnWitnesses(
  [only, pattern]: readonly [only: string, pattern: string],
  conditions: readonly Condition[],
): readonly string[] {
  const [before = '', after = ''] = pattern.split('*');
  const within = wordPattern([before, ANY, after]);
  return [only, ...partition(valuePatterns(conditions), { within }, [`${before}path${after}`])];
}

/** The empty value has a class of its own, because some operators treat it as absent. */
const EMPTY: WordPattern = [];

function valuePatterns(conditions: readonly Condition[]): readonly WordPattern[] {
  const patterns = conditions
    .filter((c) => c.operator.comparison !== 'Null')
    .flatMap((c) => distinct(c.values.filter(isConstant), (glob) => valuePattern(c, glob)));
  return [EMPTY, ...patterns];
}

function valuePattern({ operator: { comparison } }: Condition, glob: Glob): WordPattern {
  switch (comparison) {
    case 'ArnLike':
      return arnPattern(glob);
    case 'StringEqualsIgnoreCase':
    case 'Bool':
      return wordPattern(glob, { ignoreCase: true });
    default:
      return wordPattern(glob);
  }
}

/** Returns the pattern of an ARN. The cast is safe, because without variables all pieces are pieces of a glob. */
function arnPattern(glob: Glob): WordPattern {
  return arnWordPattern((arnPatternParts(glob) ?? [glob]) as readonly Glob[]);
}

/** Returns the pattern of each distinct glob. */
function distinct(globs: readonly Glob[], pattern: (glob: Glob) => WordPattern): readonly WordPattern[] {
  const byText = new Map(globs.map((glob) => [textOf(glob), glob]));
  return [...byText.values()].map((glob) => pattern(glob));
}

function textOf(glob: Glob): string {
  return glob.map(String).join('\u0000');
}
