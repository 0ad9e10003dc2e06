import { messageOf } from '../../aws/errors/message-of';
import type { Parameter } from '../../aws/services/parameter-pages';
import type { Alias, UnreadableAlias } from './alias';
import { parseAlias } from './parse-alias';

/** All aliases of an environment, sorted by application and alias. */
export interface Aliases {
  readonly readable: readonly Alias[];
  readonly unreadable: readonly UnreadableAlias[];
}

const PROFILE = /^arn:[^:]+:bedrock:[^:]*:\d{12}:application-inference-profile\//;

/**
 * Reads the aliases out of the parameters below `path`.
 *
 * An alias consists of two parameters: `APPLICATION/ALIAS`, which holds the profile's ARN, and
 * `APPLICATION/ALIAS.json`. If one of them is missing, the alias is unreadable. It is still reported, because
 * applications may be using it. Other parameters are ignored.
 */
export function aliasesIn(path: string, parameters: readonly Parameter[]): Aliases {
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  const names = [...values.keys()]
    .filter((name) => name.endsWith('.json') || PROFILE.test(values.get(name) ?? ''))
    .map((name) => name.slice(path.length + 1).replace(/\.json$/, ''))
    .filter((name) => /^[^/]+\/[^/]+$/.test(name));
  const read = [...new Set(names)].sort().map((name) => readAlias(path, name, values));
  return {
    readable: read.filter((alias) => 'served' in alias),
    unreadable: read.filter((alias) => 'cause' in alias),
  };
}

function readAlias(path: string, name: string, values: ReadonlyMap<string, string>): Alias | UnreadableAlias {
  const [application = '', alias = ''] = name.split('/');
  const profileArn = values.get(`${path}/${name}`);
  const json = values.get(`${path}/${name}.json`);
  const unreadable = (cause: string): UnreadableAlias => ({ application, alias, profileArn: profileArn ?? '', cause });
  if (profileArn === undefined) {
    return unreadable(`the parameter ${path}/${name}.json exists, but ${path}/${name} is missing`);
  }
  if (json === undefined) {
    return unreadable(`the parameter ${path}/${name} exists, but ${path}/${name}.json is missing`);
  }
  try {
    return parseAlias(application, alias, json, profileArn);
  } catch (error) {
    return unreadable(`the parameter ${path}/${name}.json: ${messageOf(error)}`);
  }
}
