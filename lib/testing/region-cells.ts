import type { ParsedLayer } from '../iam/evaluate/policy-layers';
import { arnPatternParts } from '../iam/policy/arn-parts';
import { ANY, type Glob } from '../iam/policy/glob';
import { isConstant } from '../iam/policy/template';
import { partition } from '../iam/space/partition';
import { wordPattern } from '../iam/space/word-pattern';

const KEY = 'aws:requestedregion';
/** Value of the key for Region-less models (Bedrock User Guide, "Global cross-Region inference"). */
export const UNSPECIFIED = 'unspecified';

/**
 * Returns one Region for every set of Regions that the policies distinguish, preferably one of the examples. The empty
 * string stands for the Region-less models of `global`. When no condition reads the Region, the only item is
 * `undefined`.
 *
 * Requests are checked Region by Region because the condition key and the ARN always hold the same Region. Independent
 * classes of the two would combine different ones.
 */
export function regionCells(
  layers: readonly ParsedLayer[],
  examples: readonly string[],
): readonly (string | undefined)[] {
  const statements = layers.flatMap((l) => l.policies.flatMap((p) => p.statements));
  const regionConditions = statements.flatMap((s) => s.conditions).filter((c) => c.key === KEY);
  if (regionConditions.length === 0) {
    return [undefined];
  }
  const arnRegions = statements.flatMap((s) => {
    const parts = s.resources.patterns.map((p) => arnPatternParts(p.whole)?.[3] ?? []);
    return parts.filter((part): part is Glob => isConstant(part));
  });
  const patterns = [
    ...arnRegions.map((glob) => wordPattern(glob)),
    ...regionConditions.flatMap((c) =>
      c.values.filter(isConstant).map((glob) => wordPattern(glob, { ignoreCase: true })),
    ),
  ];
  const words = partition(patterns, { within: wordPattern([ANY], { colon: false }) }, examples);
  return [...new Set([...words, ''])].filter((region) => /^[a-z0-9-]*$/i.test(region) && region !== UNSPECIFIED);
}
