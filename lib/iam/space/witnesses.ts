import { conditionKey } from '../../catalog/condition-keys';
import { arnPatternParts } from '../policy/arn-parts';
import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { Condition } from '../policy/condition';
import { ANY, type Glob, ONE } from '../policy/glob';
import type { ParsedStatement } from '../policy/parsed-statement';
import { isConstant } from '../policy/template';
import { partition } from './partition';
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
  return witnesses;
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
 * Returns one value of a condition key for every set of conditions that some value meets. `undefined` stands for
 * requests without the key.
 */
export function valueWitnesses(
  key: string,
  conditions: readonly Condition[],
  examples: readonly string[] = [],
): readonly (string | undefined)[] {
  const type = conditionKey(key)?.type;
  if (type === 'Bool') {
    return [undefined, 'true', 'false'];
  }
  const within = type === 'ARN' ? ARN : wordPattern([ANY]);
  return [undefined, ...partition(valuePatterns(conditions), { within }, examples)];
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
