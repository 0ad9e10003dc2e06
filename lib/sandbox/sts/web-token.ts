import { type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../files/parse-json';
import { AwsError } from '../aws-error';

/** Public keys of issuers, by the issuer's host and path. Stands in for the IAM OIDC providers of the account. */
export type Issuers = ReadonlyMap<string, KeyObject>;

/** The claims of a token that STS reads. */
export interface TokenClaims {
  /** Host and path of the issuer. */
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sourceIdentity?: string;
}

const headerSchema = z.object({ alg: z.string() });
const claimsSchema = z.object({
  iss: z.string().startsWith('https://'),
  aud: z.string(),
  sub: z.string(),
  exp: z.number(),
  'https://aws.amazon.com/tags': z
    .object({ principal_tags: z.record(z.string(), z.array(z.string()).length(1)) })
    .optional(),
  'https://aws.amazon.com/source_identity': z.string().optional(),
});

const invalid = (message: string): AwsError => new AwsError(400, 'InvalidIdentityToken', message);

/**
 * Verifies a JSON Web Token with the key of its issuer.
 *
 * @throws AwsError unless a known issuer signed it by RS256 and it has not expired
 */
export function readWebToken(token: string, issuers: Issuers, now: Date): TokenClaims {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.');
  const { alg } = part(headerSchema, header);
  const claims = part(claimsSchema, payload);
  const issuer = claims.iss.slice('https://'.length);
  const key = issuers.get(issuer);
  if (key === undefined) {
    throw invalid(`No OpenIDConnect provider found in your account for ${claims.iss}`);
  }
  const signed = Buffer.from(`${header}.${payload}`);
  if (rest.length > 0 || alg !== 'RS256' || !verify('sha256', signed, key, Buffer.from(signature, 'base64url'))) {
    throw invalid('Provided Token is not signed by its issuer');
  }
  if (claims.exp * 1000 <= now.getTime()) {
    throw new AwsError(400, 'ExpiredTokenException', 'Token expired');
  }
  const tags = Object.entries(claims['https://aws.amazon.com/tags']?.principal_tags ?? {});
  const sourceIdentity = claims['https://aws.amazon.com/source_identity'];
  return {
    issuer,
    audience: claims.aud,
    subject: claims.sub,
    tags: Object.fromEntries(tags.map(([key, [value = '']]) => [key, value])),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
  };
}

function part<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(parseJson(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    throw invalid('The ID Token provided is not a valid JWT');
  }
}
