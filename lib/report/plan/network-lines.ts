import { MAX_ENDPOINT_POLICY_CHARACTERS } from '../../catalog/endpoint-services';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { endpointPolicyLength } from '../../plan/environment/endpoint-policy';
import { madeEndpoints } from '../../plan/environment/network-plan';
import { counted } from '../format/counted';

/** Says which endpoints are made, and which existing ones need a policy. */
export function networkLines({ network, environment }: AccessPlan): readonly string[] {
  if (network === undefined) {
    return [];
  }
  const made = madeEndpoints(network).map(({ service }) => service);
  const existing = network.endpoints.filter(({ existingId }) => existingId !== undefined);
  const characters = Math.max(...network.endpoints.map(({ statements }) => endpointPolicyLength(statements)));
  return [
    ...(network.place === undefined
      ? []
      : [
          `endpoints in ${network.place.vpcId}: ${made.join(', ')}, in ${counted(network.place.subnetIds.length, 'subnet')}, reached from ${network.place.clientCidr} on port 443`,
        ]),
    ...existing.map(
      ({ service, existingId }) =>
        `existing endpoint of ${service}: ${existingId}, whose policy plan ${environment} --endpoint-policy ${service} prints`,
    ),
    `each endpoint admits only the principals and profiles above; the longest policy has ${characters} of ${MAX_ENDPOINT_POLICY_CHARACTERS} characters`,
    'the verification calls from outside the VPC, so it does not try the endpoints',
  ];
}
