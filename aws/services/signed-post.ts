import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { defaultProvider } from './environment-credentials';
import { postSignedBy } from './post-signed-by';
import type { SessionCredentials } from './session-credentials';

/** The endpoint of a service to which requests are posted. */
export interface Endpoint {
  /** Name of the service in its host name and in the signature, such as `ssm`. */
  readonly service: string;
  readonly region: string;
  /** Absent for AWS's own endpoint. */
  readonly url: string | undefined;
  readonly handler: Pick<NodeHttpHandler, 'handle'>;
  /**
   * Credentials that sign the requests.
   *
   * @default - those of the function's role
   */
  readonly credentials?: SessionCredentials;
}

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signs and sends a request with these headers and this body. */
export type Post = (headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) => Promise<Answer>;

/**
 * Returns a function that signs requests to one service and sends them.
 *
 * It serves services of which a function needs a single operation. A full SDK client for each of them would exceed the
 * allowed size of the bundle (the client for SSM adds 80 kB).
 */
export function signedPost({ credentials, ...endpoint }: Endpoint): Post {
  return postSignedBy(credentials ?? defaultProvider(), endpoint);
}
