/**
 * Condition keys -> values, as the service would put them into the request.
 *
 * Key names are case-insensitive. An absent key is an absent property; one value makes the key single-valued.
 */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** One question to IAM: may this action be done on this resource, in this context? */
export interface AccessRequest {
  /** `service:Name`, e.g. `bedrock:InvokeModel`. */
  readonly action: string;
  /** An ARN, or `*` for an action without resources. */
  readonly resource: string;
  readonly context: RequestContext;
}
