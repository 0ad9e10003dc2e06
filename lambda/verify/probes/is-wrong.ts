import type { ProbeResult } from '../result';

/**
 * Returns true if a probe shows a mistake: access that is not as intended, or a problem that stays until somebody acts.
 * The gate, the alarm and the command line all decide by this.
 *
 * Three results show no mistake: a problem that may pass without any action, a call that must be denied and came to no
 * verdict, and a model that refuses a feature that only the catalog lists.
 */
export function isWrong({ expected, outcome, asIntended, passes, byCatalog }: ProbeResult): boolean {
  if (asIntended) {
    return false;
  }
  return expected === 'denied'
    ? outcome === 'allowed'
    : passes !== true && !(byCatalog === true && outcome === 'inconclusive');
}
