import type { ProbeResult } from '../result';

/**
 * Whether a probe shows that what is deployed is wrong, for a gate, an alarm and the command line alike: access
 * that is not as intended, or something that stays as it is until somebody acts.
 *
 * What passes by itself says nothing, nor does a call that must be denied and came to no verdict. Nor does a model that
 * refuses what the catalog alone says it can do.
 */
export function isWrong({ expected, outcome, asIntended, passes, byCatalog }: ProbeResult): boolean {
  if (asIntended) {
    return false;
  }
  return expected === 'denied'
    ? outcome === 'allowed'
    : passes !== true && !(byCatalog === true && outcome === 'inconclusive');
}
