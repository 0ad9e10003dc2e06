// biome-ignore-all lint/suspicious/noTemplateCurlyInString: policy variables are written like this
import type { RequestContext } from '../../../lib/iam/match/access-request';
import type { Random } from '../../iam/random';
import { GLOBAL_KEYS } from './condition-keys';

/** Replaces some characters by wildcards, so that the pattern usually still matches the text. */
export function withWildcards(text: string, random: Random): string {
  if (text === '' || random.chance(0.3)) {
    return text;
  }
  if (text.includes('${')) {
    return `${text}*`;
  }
  const characters = [...text];
  const slice = (from: number, to?: number): string => characters.slice(from, to).join('');
  const at = random.below(characters.length);
  const end = random.chance(0.5) ? characters.length : at + random.below(characters.length - at + 1);
  const tooLong = `${slice(0, at)}?${slice(at)}`;
  const patterns = [`${slice(0, at)}?${slice(at + 1)}`, `${slice(0, at)}*${slice(end)}`, `*${slice(at)}`];
  return random.chance(0.06) ? tooLong : random.one(patterns);
}

/** Escapes wildcards and dollar signs, so that the pattern matches exactly the text. */
export function escaped(text: string): string {
  return text.replace(/[*?$]/g, (mark) => `\${${mark}}`);
}

/**
 * Replaces the value of a key in the text by a policy variable, usually one whose key has this value in the request.
 */
export function withVariable(text: string, context: RequestContext, random: Random): string {
  if (text.includes('$')) {
    return text;
  }
  const several = random.chance(0.01);
  const names = GLOBAL_KEYS.filter((key) => key.kind === 'string' && (key.several ?? false) === several);
  const inText = names.filter(({ name }) => {
    const value = context[name]?.[0] ?? '';
    return value !== '' && text.includes(value);
  });
  const key = random.one(inText.length > 0 && random.chance(0.85) ? inText : names);
  const value = context[key.name]?.[0] || text.slice(-3);
  const name = random.chance(0.1) ? key.name.toUpperCase() : key.name;
  const variable = random.chance(0.4) ? `\${${name}, '${value.replace(/[${}]/g, 'x')}'}` : `\${${name}}`;
  return text.replace(value, () => variable);
}

/** Makes a pattern that usually matches the ARN. It rarely has wildcards where AWS does not allow them. */
export function arnPattern(arn: string, context: RequestContext, random: Random): string {
  if (arn === '*' || random.chance(0.08)) {
    return '*';
  }
  const segments = arn.split(':');
  if (segments.length > 7 && random.chance(0.06)) {
    // Matches the text as a whole, but not part by part.
    return [...segments.slice(0, 3), '*', ...segments.slice(-2)].join(':');
  }
  const [prefix = '', partition = '', service = '', region = '', account = '', ...rest] = segments;
  const name = rest.join(':');
  const type = name.slice(0, name.search(/[/:]/) + 1) || name;
  const odd = random.chance(0.001);
  const parts = [
    prefix,
    random.chance(0.06) ? 'aws*' : partition,
    odd ? withWildcards(service, random) : service,
    regionPattern(region, random),
    random.chance(0.2) ? random.one(['*', account && withWildcards(account, random)]) : account,
    odd || (service === 's3' && random.chance(0.2))
      ? withWildcards(name, random)
      : type + namePattern(name.slice(type.length), context, random),
  ];
  return parts.join(':');
}

function regionPattern(region: string, random: Random): string {
  if (region === '' || random.chance(0.7)) {
    return region;
  }
  return random.chance(0.003) ? '${aws:RequestedRegion}' : random.one(['*', withWildcards(region, random)]);
}

function namePattern(name: string, context: RequestContext, random: Random): string {
  if (name === '' || random.chance(0.2)) {
    return name === '' ? '' : '*';
  }
  const exact = /[*?$]/.test(name) && random.chance(0.5) ? escaped(name) : name;
  return random.chance(0.15) ? withVariable(exact, context, random) : withWildcards(exact, random);
}
