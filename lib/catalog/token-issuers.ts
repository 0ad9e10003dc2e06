/**
 * Issuers that give tokens to customers of every organization. Their issuer does not tell organizations apart, so a trust
 * policy must name the exact subject (IAM User Guide, "Identity-provider controls for shared OIDC providers",
 * 2026-12-01). GitHub and GitLab have kinds of principals of their own.
 */
export const SHARED_ISSUERS: readonly string[] = [
  'agent.buildkite.com',
  'api.pulumi.com/oidc',
  'app.terraform.io',
  'oidc-configuration.audit-log.githubusercontent.com',
  'oidc.codefresh.io',
  'oidc.vercel.com',
  'proidc.upbound.io',
  'sandboxes.cloud',
  'scalr.io',
  'studio.datachain.ai/api',
  'tokens.cloud.shisho.dev',
  'vstoken.actions.githubusercontent.com',
];

/**
 * Issuers that IAM knows without a provider in the account. A trust policy names them without an ARN, and some of their
 * condition keys have other claims (IAM User Guide, "Available keys for AWS OIDC federation", 2026-12-01).
 */
export const BUILT_IN_ISSUERS: readonly string[] = [
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
];
