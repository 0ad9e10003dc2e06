/** A principal that asks to assume a role. */
export type Caller =
  /** A user, identified by its ARN, or a role session, identified by the ARNs of the session and of its role. */
  | { readonly kind: 'aws'; readonly arns: readonly string[]; readonly accountId: string }
  /** An AWS service, e.g. `lambda.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string }
  /** A principal that presents a token of an identity provider, identified by the provider's ARN. */
  | { readonly kind: 'federated'; readonly provider: string };
