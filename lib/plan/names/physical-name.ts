import { createHash } from 'node:crypto';

/** Returns a short digest that makes names distinct. It is not used for security. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 6);
}

/**
 * Makes all physical names: the parts joined by `_`. No name in an environment file may contain `_`, so different parts
 * never make the same name.
 *
 * Braces are kept, for a name pattern such as `dev_{application}_probe`. A name longer than `maxLength` is cut and ends
 * in a digest of the whole name. The result is valid for IAM roles and policies, Lambda functions and application
 * inference profiles (pattern `^([0-9a-zA-Z][ _-]?)+$`, 64 characters).
 */
export function physicalName(parts: readonly string[], maxLength = 64): string {
  const name = parts
    .map((p) =>
      p
        .replace(/[^0-9a-zA-Z{}-]+/g, '-')
        .replace(/-{2,}/g, '-')
        .replace(/^-|-$/g, ''),
    )
    .join('_');
  return name.length <= maxLength
    ? name
    : `${name.slice(0, maxLength - 7).replace(/[-_]+$/, '')}_${shortHash(parts.join('_'))}`;
}
