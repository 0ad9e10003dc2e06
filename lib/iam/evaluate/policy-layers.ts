import { type ParsedPolicy, parsePolicy } from '../policy/parse-policy';
import type { Policy } from '../policy/policy';
import type { Layer } from './decision';

/** The policies that decide about one principal's requests. */
export interface PolicyLayers {
  readonly identity: readonly Policy[];
  /**
   * The permissions boundary.
   *
   * @default - none: it limits nothing
   */
  readonly boundary?: Policy;
  /**
   * The session policy.
   *
   * @default - none: it limits nothing
   */
  readonly session?: Policy;
  /**
   * Service control policies, one list for each level of the organization from its root to the account. Every level must
   * allow; the policies of one level do so together.
   *
   * @default - none: they limit nothing
   */
  readonly serviceControl?: readonly (readonly Policy[])[];
  /**
   * The policy of the VPC endpoint that the request passes. Its principals are not judged: it must name everybody.
   *
   * @default - none: it limits nothing
   */
  readonly endpoint?: Policy;
}

/** The policies of one layer, as the evaluator understands them. */
export interface ParsedLayer {
  readonly layer: Layer;
  readonly policies: readonly ParsedPolicy[];
}

/** The layers in the order in which they are asked; each must allow. */
export function parseLayers(layers: PolicyLayers): readonly ParsedLayer[] {
  const { identity, boundary, session, serviceControl = [], endpoint } = layers;
  const parsed = (layer: Layer, policies: readonly Policy[]): ParsedLayer => ({
    layer,
    policies: policies.map((policy) => parsePolicy(policy, layer === 'endpoint' ? 'endpoint' : 'identity')),
  });
  return [
    parsed('identity', identity),
    ...(boundary === undefined ? [] : [parsed('boundary', [boundary])]),
    ...(session === undefined ? [] : [parsed('session', [session])]),
    ...serviceControl.map((level) => parsed('serviceControl', level)),
    ...(endpoint === undefined ? [] : [parsed('endpoint', [endpoint])]),
  ];
}
