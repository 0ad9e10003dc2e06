import type { ParsedLayer } from '../iam/evaluate/policy-layers';
import { arnPatternParts } from '../iam/policy/arn-parts';
import { ANY, type Glob } from '../iam/policy/glob';
import { isConstant } from '../iam/policy/template';
import { partition } from '../iam/space/partition';
import { wordPattern } from '../iam/space/word-pattern';

const KEY = 'aws:requestedregion';
/** The value of the key for the Region-less models (Bedrock User Guide, "Global cross-Region inference"). */
export const UNSPECIFIED = 'unspecified';

/**
 * A Region for every set of Regions that the policies tell apart, '' for the Region-less models of `global`; `undefined`
 * alone where no condition asks for the Region. Examples are taken first.
 *
 * The key and the Region in the ARN are one and the same in a request, which classes of each by itself do not know.
 */
export function regionCells(
  layers: readonly ParsedLayer[],
  examples: readonly string[],
): readonly (string | undefined)[] {
  const statements = layers.flatMap((l) => l.policies.flatMap((p) => p.statements));
  const asked = statements.flatMap((s) => s.conditions).filter((c) => c.key === KEY);
  if (asked.length === 0) {
    return [undefined];
  }
  const named = statements.flatMap((s) => {
    const parts = s.resources.patterns.map((p) => arnPatternParts(p.whole)?.[3] ?? []);
    return parts.filter((part): part is Glob => isConstant(part));
  });
  const patterns = [
    ...named.map((glob) => wordPattern(glob)),
    ...asked.flatMap((c) => c.values.filter(isConstant).map((glob) => wordPattern(glob, { ignoreCase: true }))),
  ];
  const words = partition(patterns, { within: wordPattern([ANY], { colon: false }) }, examples);
  return [...new Set([...words, ''])].filter((region) => /^[a-z0-9-]*$/i.test(region) && region !== UNSPECIFIED);
}
