import { ALWAYS_SERVED, ENDPOINT_SERVICES, type EndpointService } from '../../catalog/endpoint-services';
import type { Environment } from '../../config/environment';
import type { ApplicationPlan } from '../application/application-plan';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { EndpointStatement } from '../parts/statement';
import { endpointStatements } from './endpoint-policy';

/** An interface endpoint of a VPC, which carries the calls of one service. */
export interface EndpointPlan {
  readonly service: EndpointService;
  /** Name of the service for EC2, such as `com.amazonaws.us-east-1.bedrock-runtime`. */
  readonly serviceName: string;
  /**
   * Id of an endpoint that exists already. This project does not change it: somebody puts the statements into its policy.
   *
   * @default - the endpoint is made
   */
  readonly existingId?: string;
  /** The statements of its policy. Whatever they do not allow is denied. */
  readonly statements: readonly EndpointStatement[];
}

/** Where endpoints are made. */
export interface EndpointPlace {
  readonly vpcId: string;
  /** Subnets that get a network interface of each endpoint. */
  readonly subnetIds: readonly string[];
  /** The addresses from which the endpoints can be reached. */
  readonly clientCidr: string;
  readonly securityGroupName: string;
}

/** The private way from a VPC to the services that applications call. */
export interface NetworkPlan {
  /**
   * Where endpoints are made.
   *
   * @default - every endpoint exists already
   */
  readonly place?: EndpointPlace;
  readonly endpoints: readonly EndpointPlan[];
}

/** Returns the endpoints that are made, and so are part of a stack. */
export function madeEndpoints(network: NetworkPlan | undefined): readonly EndpointPlan[] {
  return network?.endpoints.filter(({ existingId }) => existingId === undefined) ?? [];
}

/** Decides the endpoints of an environment and their policies. */
export function planNetwork(
  place: Place,
  network: Environment['network'],
  applications: readonly ApplicationPlan[],
): NetworkPlan | undefined {
  if (network === undefined) {
    return undefined;
  }
  const { vpcId, subnetIds, clientCidr, also, endpoints: existing } = network;
  const made: readonly EndpointService[] = vpcId === undefined ? [] : [...ALWAYS_SERVED, ...also];
  return {
    ...(vpcId !== undefined &&
      subnetIds !== undefined &&
      clientCidr !== undefined && {
        place: {
          vpcId,
          subnetIds,
          clientCidr,
          securityGroupName: physicalName([place.environment, 'endpoints']),
        },
      }),
    endpoints: ENDPOINT_SERVICES.flatMap((service): readonly EndpointPlan[] => {
      const existingId = existing[service];
      if (existingId === undefined && !made.includes(service)) {
        return [];
      }
      return [
        {
          service,
          serviceName: `com.amazonaws.${place.region}.${service}`,
          ...(existingId !== undefined && { existingId }),
          statements: endpointStatements(place, service, applications),
        },
      ];
    }),
  };
}
