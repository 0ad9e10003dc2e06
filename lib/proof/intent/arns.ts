import type { Place } from '../../plan/names/names';

/** The ARN of a resource in one Region of the account. The intent builds its ARNs here and shares nothing with `lib/plan`. */
export function inRegion(
  { partition, region, account }: Pick<Place, 'partition' | 'region' | 'account'>,
  service: string,
  resource: string,
): string {
  return ['arn', partition, service, region, account, resource].join(':');
}

/** The same in any Region. */
export function inAnyRegion(place: Pick<Place, 'partition' | 'account'>, service: string, resource: string): string {
  return inRegion({ ...place, region: '*' }, service, resource);
}

/** The ARN of a resource that the account has once for all Regions. */
export function inAccount(place: Pick<Place, 'partition' | 'account'>, service: string, resource: string): string {
  return inRegion({ ...place, region: '' }, service, resource);
}

/** The ARN of a role that this project makes. @param name with its folder below the environment's path */
export function ownRole(place: Place, name: string): string {
  return inAccount(place, 'iam', `role/bedrock-access/${place.environment}/${name}`);
}

/** The ARN of a policy that this project makes. */
export function ownPolicy(place: Place, name: string): string {
  return inAccount(place, 'iam', `policy/bedrock-access/${place.environment}/${name}`);
}

/** The ARN of a function of this project. @param name without the environment's */
export function ownFunction(place: Place, name: string): string {
  return inRegion(place, 'lambda', `function:${place.environment}_${name}`);
}
