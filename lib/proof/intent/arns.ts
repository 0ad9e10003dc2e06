import type { Place } from '../../plan/names/names';

/**
 * Returns the ARN of a resource in one Region of the account. The intent builds its ARNs here, without `lib/plan`, so
 * that a mistake there does not become part of the intent.
 */
export function inRegion(
  { partition, region, account }: Pick<Place, 'partition' | 'region' | 'account'>,
  service: string,
  resource: string,
): string {
  return ['arn', partition, service, region, account, resource].join(':');
}

/** Returns the ARN pattern of a resource in any Region of the account. */
export function inAnyRegion(place: Pick<Place, 'partition' | 'account'>, service: string, resource: string): string {
  return inRegion({ ...place, region: '*' }, service, resource);
}

/** Returns the ARN of a global resource of the account. */
export function inAccount(place: Pick<Place, 'partition' | 'account'>, service: string, resource: string): string {
  return inRegion({ ...place, region: '' }, service, resource);
}

/**
 * Returns the ARN of a role that this project creates.
 *
 * @param name name of the role, after its folder below the environment's path, if it has one
 */
export function ownRole(place: Place, name: string): string {
  return inAccount(place, 'iam', `role/bedrock-access/${place.environment}/${name}`);
}

/** Returns the ARN of a policy that this project creates. */
export function ownPolicy(place: Place, name: string): string {
  return inAccount(place, 'iam', `policy/bedrock-access/${place.environment}/${name}`);
}

/**
 * Returns the ARN of a function of this project.
 *
 * @param name name of the function without the environment's name
 */
export function ownFunction(place: Place, name: string): string {
  return inRegion(place, 'lambda', `function:${place.environment}_${name}`);
}
