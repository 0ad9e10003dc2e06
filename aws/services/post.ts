import type { NodeHttpHandler } from '@smithy/node-http-handler';
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
  /**
   * Method of the requests, for services in which the path of the URL names the operation.
   *
   * @default POST
   */
  readonly method?: 'GET' | 'POST' | 'PUT';
}

export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signs and sends a request with these headers and this body. */
export type Post = (headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal) => Promise<Answer>;
