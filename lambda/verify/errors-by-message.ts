import type { KnownError } from './known-error';
import type { ReadError } from './read-error';

const says =
  (pattern: RegExp) =>
  ({ said }: ReadError): boolean =>
    pattern.test(said);

/** Texts of Bedrock that mean more than their name and status: an account or a model that is not ready for use. */
export const ERRORS_BY_MESSAGE: readonly KnownError[] = [
  {
    kind: 'unavailable',
    fits: says(/MPAgreementBeingCreated|agreement is being created/i),
    cause: 'the AWS Marketplace agreement for this model is still being created',
    remedy: 'verify again in 15 minutes',
    passes: true,
  },
  {
    kind: 'unavailable',
    fits: says(/INVALID_PAYMENT_INSTRUMENT|valid payment instrument/i),
    cause: 'the account has no payment method that AWS Marketplace accepts for this model',
    remedy: 'add a payment method in the billing console of the paying account, then verify again after 2 minutes',
  },
  {
    kind: 'unavailable',
    fits: says(/aws-marketplace:|Marketplace subscription|Marketplace agreement/i),
    cause: 'the account is not subscribed to this model in AWS Marketplace',
    remedy:
      'call the model once as an administrator who may aws-marketplace:Subscribe, then verify again after 15 minutes',
  },
  {
    kind: 'unavailable',
    fits: says(/use case details have not been submitted/i),
    cause: "the provider's use-case form has not been submitted for this account",
    remedy: "submit the use-case form under 'Model catalog' in the Bedrock console, then verify again after 15 minutes",
  },
  {
    kind: 'unavailable',
    fits: says(/reached the end of its life/i),
    cause: 'the model has reached its end of life',
    remedy: 'move the alias to a model that is active',
  },
  {
    kind: 'unavailable',
    fits: says(/marked by provider as Legacy/i),
    cause: 'the model is legacy, and this account has not called it lately',
    remedy: 'move the alias to a model that is active',
  },
  {
    kind: 'unavailable',
    fits: says(/on-demand throughput isn.t supported/i),
    cause: 'the model can only be called through a system-defined inference profile',
    remedy: 'set the routing of the alias to a geography that offers the model, instead of regional',
  },
  {
    kind: 'unavailable',
    fits: says(/don.t have access to the model with the specified model ID/i),
    cause: 'the account has no access to this model in this Region',
    remedy: "open the model under 'Model catalog' in the Bedrock console of this Region and request access",
  },
  {
    kind: 'unavailable',
    fits: says(/not allowed from unsupported countries/i),
    cause: 'the provider does not serve this model to the country of the account or of the caller',
    remedy: 'choose a model of another provider for the alias',
  },
  {
    kind: 'unavailable',
    fits: says(/account is not authorized to invoke this API operation|^Operation not allowed$/i),
    cause: 'AWS has restricted Bedrock for this account',
    remedy: 'open a case with AWS Support under account and billing',
  },
  {
    kind: 'unavailable',
    fits: says(/too many tokens per day/i),
    cause: 'the tokens per day of this model are used up in this Region',
    remedy: 'request a higher quota for tokens per day in Service Quotas, or verify again tomorrow',
    passes: true,
  },
];
