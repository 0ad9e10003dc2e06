import type { Decision, Layer } from './decision';
import type { LayerFindings } from './judge-layer';

/**
 * Joins the findings of the layers. A refusal in any layer refuses; otherwise a deny in any layer denies; otherwise
 * every layer must allow (IAM User Guide, "Policy evaluation logic").
 */
export function decide(layers: readonly LayerFindings[]): Decision {
  const refused = layers.find(({ refusals }) => refusals.length > 0);
  if (refused !== undefined) {
    const refusals = layers.flatMap((findings) => findings.refusals);
    return { decision: 'refused', layer: refused.layer, decidedBy: [], refusals };
  }
  const deny = layers.find((findings) => findings.deny !== undefined)?.deny;
  if (deny !== undefined) {
    return { decision: 'explicitDeny', layer: deny.layer, decidedBy: [deny], refusals: [] };
  }
  const silent = layers.find((findings) => findings.allow === undefined);
  if (silent !== undefined) {
    return { decision: 'implicitDeny', layer: silent.layer, decidedBy: [], refusals: [] };
  }
  const layer: Layer = layers[0]?.layer ?? 'identity';
  return { decision: 'allowed', layer, decidedBy: layers.flatMap(({ allow }) => allow ?? []), refusals: [] };
}
