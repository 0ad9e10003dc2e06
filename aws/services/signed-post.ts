import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { defaultProvider } from './environment-credentials';
import { postSignedBy } from './post-signed-by';
import type { SessionCredentials } from './session-credentials';

/** A service that answers a POST, and how requests reach it. */
export interface Endpoint {
  /** Of the host name and the signature, such as `ssm`. */
  readonly service: string;
  readonly region: string;
  /** Absent for AWS itself. */
  readonly url: string | undefined;
  readonly handler: Pick<NodeHttpHandler, 'handle'>;
  /**
   * Who signs.
   *
   * @default - the function's role
   */
  readonly credentials?: SessionCredentials;
}

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Sends a request with these headers and this body, signed. */
export type Post = (headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) => Promise<Answer>;

/**
 * Requests to one service, signed and sent by the SDK's parts.
 *
 * For services of which the function needs one operation: an SDK client for each would make the bundle larger than it
 * may be (that for SSM adds 80 kB).
 */
export function signedPost({ credentials, ...endpoint }: Endpoint): Post {
  return postSignedBy(credentials ?? defaultProvider(), endpoint);
}
