import { type ArnPlace, regionalArn } from '../../catalog/arn';

/**
 * Matches a profile reference. Bedrock assigns the ARN of a profile when it creates the profile. Until then a plan uses
 * a reference: the ARN with the profile's name in braces in place of the twelve characters of its id.
 */
const REFERENCE = /^arn:[^:]+:bedrock:[^:]+:\d{12}:application-inference-profile\/\{([^}]+)\}$/;

/** Returns the reference that a plan uses for the ARN of the application inference profile `profileName`. */
export function profileReference(place: ArnPlace, profileName: string): string {
  return regionalArn(place, 'bedrock', `application-inference-profile/{${profileName}}`);
}

/** Replaces every profile reference in plain data by the ARN that `arnOf` returns for the profile's name. */
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

/** Returns the profile id at the end of an ARN or a reference. CloudWatch uses the id as the dimension `ModelId`. */
export function profileIdOf(profileArn: string): string {
  return profileArn.slice(profileArn.lastIndexOf('/') + 1);
}

/**
 * Returns the profile's name from an id that {@link profileIdOf} took from a reference, or `undefined` for any other
 * text.
 */
export function profileNameFromId(id: string): string | undefined {
  return /^\{([^}]+)\}$/.exec(id)?.[1];
}
