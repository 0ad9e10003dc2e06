/** Who asks to assume a role. */
export type Caller =
  /** A user or role: its user ARN, or the ARN of its session and that of its role. */
  | { readonly kind: 'aws'; readonly arns: readonly string[]; readonly accountId: string }
  /** An AWS service, e.g. `lambda.amazonaws.com`. */
  | { readonly kind: 'service'; readonly service: string }
  /** Somebody with a token of an identity provider, named by the provider's ARN. */
  | { readonly kind: 'federated'; readonly provider: string };
