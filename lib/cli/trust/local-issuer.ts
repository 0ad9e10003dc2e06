import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

const LIFETIME_SECONDS = 600;

/** What a token says. */
export interface LocalClaims {
  /** Host and path of the issuer. */
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly sourceIdentity?: string;
}

/** Issues tokens in this process in place of every issuer. Its key exists only in memory. */
export class LocalIssuer {
  readonly publicKey: KeyObject;
  readonly #privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  /**
   * Signs a token by RS256.
   *
   * @param at the time when it was issued, in milliseconds since the epoch; it is valid for ten minutes
   */
  token({ issuer, audience, subject, tags, sourceIdentity }: LocalClaims, at = Date.now()): string {
    const seconds = Math.floor(at / 1000);
    const principalTags = Object.entries(tags).map(([key, value]) => [key, [value]] as const);
    const claims = {
      ...{ iss: `https://${issuer}`, aud: audience, sub: subject, iat: seconds, exp: seconds + LIFETIME_SECONDS },
      ...(principalTags.length > 0 && {
        'https://aws.amazon.com/tags': { principal_tags: Object.fromEntries(principalTags) },
      }),
      ...(sourceIdentity !== undefined && { 'https://aws.amazon.com/source_identity': sourceIdentity }),
    };
    const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const content = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'local' })}.${encode(claims)}`;
    return `${content}.${sign('sha256', Buffer.from(content), this.#privateKey).toString('base64url')}`;
  }
}
