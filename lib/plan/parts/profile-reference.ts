import { type ArnPlace, regionalArn } from '../../catalog/arn';

/**
 * Profiles get their ARN from Bedrock when they are created, so a plan names them: where the ARN will stand it has the
 * ARN with the profile's name in braces for the twelve characters of its id.
 */
const REFERENCE = /^arn:[^:]+:bedrock:[^:]+:\d{12}:application-inference-profile\/\{([^}]+)\}$/;

/** Stands in a plan for the ARN of the application inference profile called `profileName`. */
export function profileReference(place: ArnPlace, profileName: string): string {
  return regionalArn(place, 'bedrock', `application-inference-profile/{${profileName}}`);
}

/** Replaces every profile reference in plain data by what `arnOf` says of the profile's name. */
export function resolveProfiles<T>(value: T, arnOf: (profileName: string) => string): T;
export function resolveProfiles(value: unknown, arnOf: (profileName: string) => string): unknown {
  if (typeof value === 'string') {
    const name = REFERENCE.exec(value)?.[1];
    return name === undefined ? value : arnOf(name);
  }
  if (Array.isArray(value)) {
    return value.map((item) => resolveProfiles(item, arnOf));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveProfiles(item, arnOf)]));
  }
  return value;
}

/** A profile's id as it stands in a plan: what its ARN ends in. CloudWatch knows the profile by it. */
export function profileIdOf(profileArn: string): string {
  return profileArn.slice(profileArn.lastIndexOf('/') + 1);
}

/** The profile's name in what {@link profileIdOf} gave of a plan, or `undefined` for any other text. */
export function namedByProfileId(id: string): string | undefined {
  return /^\{([^}]+)\}$/.exec(id)?.[1];
}
