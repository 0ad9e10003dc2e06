import { randomBytes } from 'node:crypto';
import type { Caller } from './caller';
import { upperCaseId } from './upper-case-id';

/** The credentials that a client signs requests with. */
export interface SandboxCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for a user's access key. */
  readonly sessionToken?: string;
  /** Absent for a user's access key. */
  readonly expiration?: Date;
}

export interface IssuedCredentials {
  readonly caller: Caller;
  readonly credentials: SandboxCredentials;
}

/**
 * Maximum number of access keys in memory.
 *
 * The oldest go first, so that days of AssumeRole calls do not exhaust memory.
 */
const MAX_KEYS = 10_000;

/**
 * The access keys issued since the sandbox started.
 *
 * They are random and only in memory, so they are useless elsewhere.
 */
export class Credentials {
  readonly #issued = new Map<string, IssuedCredentials>();

  /** Issues an access key. One with an expiration is a role session's, and so has a session token. */
  issue(caller: Caller, expiration?: Date): SandboxCredentials {
    const credentials: SandboxCredentials = {
      accessKeyId: `${expiration === undefined ? 'AKIA' : 'ASIA'}${upperCaseId(randomBytes(16))}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      ...(expiration !== undefined && { sessionToken: randomBytes(240).toString('base64'), expiration }),
    };
    this.#issued.set(credentials.accessKeyId, { caller, credentials });
    const [oldest] = this.#issued.keys();
    if (this.#issued.size > MAX_KEYS && oldest !== undefined) {
      this.#issued.delete(oldest);
    }
    return credentials;
  }

  find(accessKeyId: string): IssuedCredentials | undefined {
    return this.#issued.get(accessKeyId);
  }
}
