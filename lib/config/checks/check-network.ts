import { ALSO_SERVED, ALWAYS_SERVED, ENDPOINT_SERVICES } from '../../catalog/endpoint-services';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import type { Path, Problem } from '../problem';
import { listed, quoted } from '../quoted';
import { checkCidr } from './check-cidr';

const PATH = ['network'] as const;

/** Keys that say where endpoints are made. They only make sense together. */
const PLACE_KEYS = ['vpcId', 'subnetIds', 'clientCidr'] as const;

/** Finds every problem in the meaning of `network:`. Parts of the value may have the wrong shape. */
export function checkNetwork(network: unknown): readonly Problem[] {
  if (!isJsonMap(network)) {
    return [];
  }
  const endpoints = isJsonMap(network['endpoints']) ? network['endpoints'] : {};
  const also = stringsOf(network['also']);
  const existing = ENDPOINT_SERVICES.filter((service) => service in endpoints);
  return [
    ...checkPlace(network, existing),
    ...repeated('subnetIds', stringsOf(network['subnetIds']), 'an endpoint has one network interface in a subnet'),
    ...repeated('also', also, 'a VPC has one endpoint of a service'),
    ...also.flatMap((service, i): readonly Problem[] =>
      service in endpoints
        ? [
            {
              path: [...PATH, 'also', i],
              message: `'${service}' has an existing endpoint under network.endpoints; remove it from one of the two`,
            },
          ]
        : [],
    ),
    ...sharedIds(endpoints),
    ...(typeof network['clientCidr'] === 'string' ? checkCidr([...PATH, 'clientCidr'], network['clientCidr']) : []),
    ...checkWholeVpc(network, also),
  ];
}

function checkPlace(network: JsonMap, existing: readonly string[]): readonly Problem[] {
  const given = PLACE_KEYS.filter((key) => key in network);
  const missing = PLACE_KEYS.filter((key) => !(key in network));
  const also = stringsOf(network['also']);
  if (given.length > 0 && missing.length > 0) {
    return [
      {
        path: PATH,
        at: 'key',
        message: `has ${listed(given)} but not ${listed(missing)}; endpoints are made only with all of ${listed(PLACE_KEYS)}`,
      },
    ];
  }
  if (given.length === 0 && existing.length === 0) {
    return [
      {
        path: PATH,
        at: 'key',
        message: `names no endpoint; write ${listed(PLACE_KEYS)} to make endpoints, or endpoints: to name existing ones, such as { bedrock-runtime: vpce-0123456789abcdef0 }`,
      },
    ];
  }
  if (given.length === 0 && also.length > 0) {
    return [
      {
        path: [...PATH, 'also'],
        message: `an endpoint of ${listed(also)} is made only with ${listed(PLACE_KEYS)}; add them, or name an existing one under network.endpoints`,
      },
    ];
  }
  if (given.length > 0 && also.length === 0 && ALWAYS_SERVED.every((service) => existing.includes(service))) {
    return [
      {
        path: PATH,
        at: 'key',
        message: `every endpoint exists already, so nothing is made; remove ${listed(PLACE_KEYS)}`,
      },
    ];
  }
  return [];
}

/** Private DNS sends every call of a service from the VPC through its one endpoint, whoever makes it. */
function checkWholeVpc(network: JsonMap, also: readonly string[]): readonly Problem[] {
  const shared = ALSO_SERVED.filter((service) => also.includes(service));
  return 'vpcId' in network && shared.length > 0
    ? [
        {
          path: [...PATH, 'also'],
          severity: 'warning',
          message: `every call of ${listed(shared)} from the VPC will go through an endpoint that admits this environment alone; use a VPC in which nothing else calls ${listed(shared)}, or name an existing endpoint`,
        },
      ]
    : [];
}

/** Two services never share an endpoint, so an id that stands twice is a mistake. */
function sharedIds(endpoints: JsonMap): readonly Problem[] {
  const seen = new Map<unknown, string>();
  return Object.entries(endpoints).flatMap(([service, id]): readonly Problem[] => {
    const earlier = seen.get(id);
    seen.set(id, service);
    return earlier === undefined || typeof id !== 'string'
      ? []
      : [
          {
            path: [...PATH, 'endpoints', service],
            message: `${quoted(id)} is also the endpoint of ${earlier}; an endpoint serves one service`,
          },
        ];
  });
}

function repeated(key: string, values: readonly string[], because: string): readonly Problem[] {
  return values.flatMap((value, i): readonly Problem[] =>
    values.indexOf(value) === i
      ? []
      : [
          {
            path: [...PATH, key, i] satisfies Path,
            message: `${quoted(value)} is listed twice; remove one entry, because ${because}`,
          },
        ],
  );
}

function stringsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
