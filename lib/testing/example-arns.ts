import { MODEL_IDS } from '../catalog/catalog';
import { globMatches } from '../iam/policy/glob';
import { isConstant, parseTemplate } from '../iam/policy/template';
import type { Carrier } from './carrier';
import { EXAMPLE_MODEL, type Rule } from './rule';

/** Regions and account of the requests that are checked. Earlier Regions are preferred as examples. */
export interface Places {
  /** Region codes, and '' for resources without a Region. */
  readonly regions: readonly string[];
  readonly account: string;
}

/** Lists the rule's example and the ARNs in the carrier's policies, with Regions and ids in place of wildcards. */
export function exampleArns({ identity }: Carrier, rule: Rule, { regions, account }: Places): readonly string[] {
  const patterns = [...new Set(identity.flatMap((p) => collectTexts(p.document)))].filter((text) =>
    text.startsWith('arn:'),
  );
  const named = patterns.map((pattern) => concrete(pattern, account));
  return regions.flatMap((region) => [rule.example(region, account), ...named.map((inRegion) => inRegion(region))]);
}

/** Collects every text in a document. */
function collectTexts(value: unknown): readonly string[] {
  return typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(collectTexts)
      : [];
}

function concrete(pattern: string, account: string): (region: string) => string {
  const [arn, partition = '', service, at = '', owner = '', ...rest] = pattern.split(':');
  const has = (part: string): boolean => /[*?]/.test(part);
  const name = concreteName(rest.join(':'));
  return (region) =>
    [arn, has(partition) ? 'aws' : partition, service, has(at) ? region : at, has(owner) ? account : owner, name].join(
      ':',
    );
}

function concreteName(name: string): string {
  const glob = parseTemplate(name, { wildcards: true, variables: false });
  const known = [EXAMPLE_MODEL, ...MODEL_IDS]
    .map((id) => `foundation-model/${id}`)
    .find((model) => glob !== undefined && isConstant(glob) && globMatches(glob, model));
  return known ?? name.replaceAll('*', 'any').replaceAll('?', 'x');
}
