import type { RequestContext } from '../../../lib/iam/match/access-request';
import type { Random } from '../../iam/random';
import type { ConditionBlock } from '../policy-set';
import { type ConditionKey, GLOBAL_KEYS, SERVICE_KEYS } from './condition-keys';
import { arnPattern, escaped, withVariable, withWildcards } from './random-pattern';

const STRING = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike'];
const NOT_STRING = ['StringNotEquals', 'StringNotEqualsIgnoreCase', 'StringNotLike'];
const ARN = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'];
const forms = (name: string): string[] =>
  ['', 'ForAllValues:', 'ForAnyValue:'].flatMap((set) => [`${set}${name}`, `${set}${name}IfExists`]);

/** Every implemented operator, with every prefix and suffix. */
export const OPERATORS: readonly string[] = [
  'Null',
  ...[...STRING, ...NOT_STRING, ...ARN, 'Bool'].flatMap((name) => forms(name)),
];

const KEYS = [...GLOBAL_KEYS, ...SERVICE_KEYS];

/** Makes a condition that the request usually meets if `wanted`, and rarely meets otherwise. */
export function randomCondition(
  context: RequestContext,
  keys: readonly string[],
  wanted: boolean,
  random: Random,
): ConditionBlock {
  const operator = random.one(OPERATORS);
  const fit = keysFor(operator, keys, random);
  // AWS does not document ForAnyValue with IfExists for an absent key.
  const undocumented = /^ForAnyValue:.*IfExists$/.test(operator) && !random.chance(0.1);
  const present = fit.filter(({ name }) => context[name] !== undefined);
  const key = random.one(undocumented && present.length > 0 ? present : fit);
  const name = random.chance(0.1) ? key.name.toLowerCase() : key.name;
  return { [operator]: { [name]: unwrapped(valuesFor(operator, key, context, wanted, random), random) } };
}

function keysFor(operator: string, keys: readonly string[], random: Random): readonly ConditionKey[] {
  const kinds = operator.includes('Bool') ? ['bool'] : operator.includes('Arn') ? ['arn'] : ['string', 'arn'];
  const several = operator.includes(':') ? random.chance(0.6) : random.chance(0.02);
  const fit = KEYS.filter(
    (key) =>
      (operator === 'Null' || (kinds.includes(key.kind) && (key.several ?? false) === several)) &&
      (keys.includes(key.name) || GLOBAL_KEYS.includes(key) || random.chance(0.05)),
  );
  return operator.includes('String') ? fit.filter(({ kind }) => kind === 'string' || random.chance(0.2)) : fit;
}

function valuesFor(
  operator: string,
  { name, kind, values }: ConditionKey,
  context: RequestContext,
  wanted: boolean,
  random: Random,
): readonly (string | boolean)[] {
  const requestValues = context[name] ?? [];
  const meets = wanted ? random.chance(0.85) : random.chance(0.15);
  if (operator === 'Null') {
    const absent = requestValues.length === 0;
    return random.chance(0.05) ? ['true', 'false'] : [asWritten(String(absent === meets), random)];
  }
  const matching = operator.includes('Not') ? !meets : meets;
  const sound = values.filter((value) => !operator.includes('Arn') || value.startsWith('arn:') || random.chance(0.02));
  const others = sound.filter((value) => !requestValues.includes(value));
  const chosen =
    matching && requestValues.length > 0
      ? requestValues.filter((value) => sound.includes(value))
      : random.some(others.length > 0 ? others : sound, 2);
  if (chosen.length === 0 || random.chance(0.2)) {
    chosen.push(random.one(sound));
  }
  return chosen.map((value) => {
    if (kind === 'bool') {
      return asWritten(value, random);
    }
    if (kind === 'arn' && value.startsWith('arn:') && (operator.includes('Arn') || random.chance(0.3))) {
      return arnPattern(value, context, random).replace(/^\*$/, 'arn:*:*:*:*:*');
    }
    const like = operator.includes('Like');
    const text = /[*?$]/.test(value) && random.chance(0.5) ? escaped(value) : value;
    const pattern = like && random.chance(0.6) ? withWildcards(text, random) : text;
    return random.chance(0.12)
      ? withVariable(pattern, context, random)
      : random.chance(0.1)
        ? swapCase(pattern)
        : pattern;
  });
}

function asWritten(value: string, random: Random): string | boolean {
  return random.chance(0.1) && /^(true|false)$/.test(value) ? value === 'true' : value;
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

/** Returns a list of one item as the list or as the item itself, because policies use both forms. */
export function unwrapped<T>(items: readonly T[], random: Random): T | readonly T[] {
  const [first] = items;
  return items.length === 1 && first !== undefined && random.chance(0.5) ? first : items;
}
