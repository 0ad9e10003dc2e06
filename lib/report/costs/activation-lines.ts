import type { CostReport } from './cost-report';

/**
 * Says whether the tag that budgets count by is active, if the file has an application that its budget denies and does not
 * say so itself. Empty if there is nothing to say.
 *
 * Billed dollars under the tag are the evidence, because they appear in member accounts too, and only the account that
 * pays may list tags.
 */
export function activationLines({ costs, tags }: CostReport): readonly string[] {
  if (tags.deniedByBudget === 0 || tags.setting === 'activate') {
    return [];
  }
  const seen = isTagActive(costs);
  if (seen === true && tags.setting === 'leave') {
    return [`the cost allocation tag BedrockAccess is active; write costAllocationTags: active in ${tags.file}`];
  }
  return seen === false && tags.setting === 'active'
    ? [
        `! ${tags.file} says costAllocationTags: active, but the tag BedrockAccess is not active, so budgets show $0 and deny nobody; activate it, and write leave until it is`,
      ]
    : [];
}

/** Returns true if the tag is active, false if it is not, and `undefined` if AWS did not say. */
export function isTagActive({ billed, notLookedAt }: CostReport['costs']): boolean | undefined {
  if (billed !== undefined) {
    return true;
  }
  const missing = notLookedAt.find(({ part }) => part === 'billed')?.step;
  // With `data`, the tag is active and its first costs have not arrived yet.
  return missing === 'data' ? true : missing === 'activation' || missing === 'use' ? false : undefined;
}
