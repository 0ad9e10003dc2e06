import { randomBytes } from 'node:crypto';
import type { Caller } from './caller';
import { upperCaseId } from './upper-case-id';

/** What a client signs with. */
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

/** Beyond this many the oldest are forgotten: a client that assumes roles for days must not fill the memory. */
const MOST = 10_000;

/** Keys that were issued since the start: random, in memory only, and so worth nothing anywhere else. */
export class Credentials {
  readonly #issued = new Map<string, IssuedCredentials>();

  /** Issues an access key: with a token when it expires, as a role session's does. */
  issue(caller: Caller, expiration?: Date): SandboxCredentials {
    const credentials: SandboxCredentials = {
      accessKeyId: `${expiration === undefined ? 'AKIA' : 'ASIA'}${upperCaseId(randomBytes(16))}`,
      secretAccessKey: randomBytes(30).toString('base64'),
      ...(expiration !== undefined && { sessionToken: randomBytes(240).toString('base64'), expiration }),
    };
    this.#issued.set(credentials.accessKeyId, { caller, credentials });
    const [oldest] = this.#issued.keys();
    if (this.#issued.size > MOST && oldest !== undefined) {
      this.#issued.delete(oldest);
    }
    return credentials;
  }

  find(accessKeyId: string): IssuedCredentials | undefined {
    return this.#issued.get(accessKeyId);
  }
}
