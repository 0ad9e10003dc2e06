import { type ParsedPolicy, parsePolicy } from '../policy/parse-policy';
import type { Policy } from '../policy/policy';
import type { Layer } from './decision';

/** Policies that decide the requests of one principal. */
export interface PolicyLayers {
  readonly identity: readonly Policy[];
  /**
   * The permissions boundary.
   *
   * @default - no boundary limits the principal
   */
  readonly boundary?: Policy;
  /**
   * The session policy.
   *
   * @default - no session policy limits the principal
   */
  readonly session?: Policy;
  /**
   * Service control policies, one list for each level of the organization from its root to the account. Every level
   * must allow the request; within a level, one policy that allows it is enough.
   *
   * @default - no service control policy limits the principal
   */
  readonly serviceControl?: readonly (readonly Policy[])[];
  /**
   * The policy of the VPC endpoint through which the request is sent. Its Principal must be `*`.
   *
   * @default - no endpoint policy limits the request
   */
  readonly endpoint?: Policy;
}

/** The parsed policies of one layer. */
export interface ParsedLayer {
  readonly layer: Layer;
  readonly policies: readonly ParsedPolicy[];
}

/** Parses the layers and returns them in evaluation order. Every one must allow a request. */
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
