import { createHash } from 'node:crypto';

/** A short digest that tells things apart; it is no secret and protects nothing. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}

/**
 * The one function that makes physical names: parts joined by `_`, which no part of an environment file may contain,
 * so that different parts never give the same name.
 *
 * Braces stay, for a template such as `dev_{application}_probe`. A name longer than `most` is cut and ends in a digest of the whole. Fits IAM roles and policies, Lambda functions and
 * application inference profiles (pattern `^([0-9a-zA-Z][ _-]?)+$`, 64 characters).
 */
export function physicalName(parts: readonly string[], most = 64): string {
  const name = parts
    .map((p) =>
      p
        .replace(/[^0-9a-zA-Z{}-]+/g, '-')
        .replace(/-{2,}/g, '-')
        .replace(/^-|-$/g, ''),
    )
    .join('_');
  return name.length <= most ? name : `${name.slice(0, most - 7).replace(/[-_]+$/, '')}_${shortHash(parts.join('_'))}`;
}

/** Name of a stack. CloudFormation allows no `_`; no name in an environment file contains `--`. */
export function stackName(environment: string, stack: string): string {
  return `${environment}--${stack}`;
}

/** Path of everything in IAM that belongs to an environment. */
export function iamPath(environment: string): string {
  return `/bedrock-access/${environment}/`;
}

/** Name of the SSM parameter of an alias, or of all of an application, or of an environment. */
export function parameterName(environment: string, ...rest: readonly string[]): string {
  return ['/bedrock-access', environment, ...rest].join('/');
}
