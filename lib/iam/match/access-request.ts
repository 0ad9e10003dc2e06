/**
 * Values of each condition key, as the AWS service would put them into the request.
 *
 * Key names are case-insensitive. A key that the request lacks has no property here. A key with one value is
 * single-valued.
 */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** One question to IAM: is this action allowed on this resource, in this context? */
export interface AccessRequest {
  /** `service:Name`, e.g. `bedrock:InvokeModel`. */
  readonly action: string;
  /** An ARN, or `*` for an action that takes no resource. */
  readonly resource: string;
  readonly context: RequestContext;
}
