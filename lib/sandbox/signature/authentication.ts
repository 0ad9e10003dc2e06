import type { Credentials } from '../credentials';

export interface Authentication {
  readonly credentials: Credentials;
  /** Regions in which the sandbox serves the service. */
  readonly regions: readonly string[];
  /** Service that the request was sent to. */
  readonly service: string;
  /** True when the service accepts Amazon Bedrock API keys. */
  readonly bearerTokens: boolean;
  readonly now: Date;
}
