import { arnParts } from '../policy/arn-parts';
import { globMatches } from '../policy/glob';
import { quote } from '../policy/quote';
import type { ResourcePattern } from '../policy/resource-pattern';
import type { ContextKeys } from './context-keys';
import type { Match } from './match';
import { matchTemplate } from './match-template';

/**
 * Decides whether the resource matches the pattern, both as a whole and part by part.
 *
 * AWS documents wildcards within one part of an ARN. About a `*` at the end of a part it says only that it can extend
 * beyond the colon (IAM User Guide, "IAM JSON policy elements: Resource"). Text that matches part by part also matches
 * as a whole. If it matches only as a whole, the answer is undecided.
 */
export function matchResource(pattern: ResourcePattern, resource: string, keys: ContextKeys, negated: boolean): Match {
  if (pattern.literal !== undefined) {
    return pattern.literal === resource;
  }
  const whole = matchTemplate(pattern.whole, keys, negated, (glob) => globMatches(glob, resource));
  if (whole !== true || pattern.parts === undefined) {
    return whole;
  }
  const parts = arnParts(resource);
  const partByPart = pattern.parts.every(
    (part, index) => matchTemplate(part, keys, negated, (glob) => globMatches(glob, parts?.[index] ?? '')) === true,
  );
  return partByPart || [`${quote(pattern.text)} matches ${quote(resource)} only if a wildcard may cross a colon`];
}
