import type { Principal } from '../../account/account';
import type { PolicyLayers } from '../../iam/evaluate/policy-layers';

/** Returns the policies that the templates give a principal, as layers. */
export function layersOf({ policies, boundary }: Principal): PolicyLayers {
  return { identity: policies, ...(boundary !== undefined && { boundary }) };
}
