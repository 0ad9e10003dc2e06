import type { KnownError } from './known-error';
import type { ReadError } from './read-error';

const says =
  (pattern: RegExp) =>
  ({ said }: ReadError): boolean =>
    pattern.test(said);

/** Texts of Bedrock that mean more than their name and status: what is not ready for use, or what a model does not take. */
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
    // The text has said 30 days, and 15 since (Bedrock User Guide, 2026-10).
    fits: says(/marked by provider as Legacy/i),
    cause: 'the model is legacy, and this account has not called it for 15 days',
    remedy: 'move the alias to a model that is active: a legacy model that lay idle is not opened again',
  },
  {
    kind: 'unavailable',
    fits: says(/on-demand throughput isn.t supported/i),
    cause: 'the model can only be called through a system-defined inference profile',
    remedy: 'set the routing of the alias to a geography that offers the model, instead of regional',
  },
  {
    kind: 'unavailable',
    fits: says(/KMS.*pending (deletion|import)|arn:[\w-]+:kms:\S+ is pending (deletion|import)/i),
    cause: 'the KMS key of the guardrail or the model is about to be deleted, or its material is not there',
    remedy: 'cancel the deletion of the key in KMS and enable it, or give the guardrail or the model another key',
  },
  {
    kind: 'unavailable',
    fits: says(/KMS.*(is disabled|DisabledException)|arn:[\w-]+:kms:\S+ is disabled/i),
    cause: 'the KMS key of the guardrail or the model is disabled',
    remedy: 'enable the key in KMS',
  },
  {
    kind: 'unavailable',
    fits: says(/\bKMS\b.*\bkey\b|\bKMS\w*Exception|arn:[\w-]+:kms:/i),
    cause: 'the KMS key of the guardrail or the model could not be used',
    remedy: 'check that the key exists in this Region, is enabled, and that its key policy allows the role kms:Decrypt',
  },
  {
    kind: 'unavailable',
    fits: says(/don.t have access to the model with the specified model ID/i),
    cause: 'the account has no access to this model in this Region',
    remedy: "open the model under 'Model catalog' in the Bedrock console of this Region, which says what is missing",
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
  {
    kind: 'invalid',
    fits: says(/temperature.*top_?p.*cannot both be specified/i),
    cause: 'the model takes temperature or top_p, and the request has both',
    remedy:
      'leave one of the two out; where the probe sampling sent them, the catalog has to learn it: report the model',
  },
  {
    kind: 'invalid',
    fits: says(/\b(temperature|top_?[pk])`? is (deprecated|not supported)/i),
    cause: 'the model takes no sampling parameters, and the request has one',
    remedy: 'leave temperature, top_p and top_k out of requests to this model',
  },
  {
    kind: 'invalid',
    fits: says(/malformed input request/i),
    cause: "the request's body is not of the form that this model takes",
    remedy: 'compare the keys that the message names with what the Bedrock User Guide shows for it',
  },
  {
    kind: 'invalid',
    fits: says(/(arn|resource|profile|model)\b.{0,80}\b(invalid|not valid) (for|in) (the|this) (service )?region/i),
    cause: 'the ARN is of another Region than the endpoint that was called',
    remedy: 'call it in the Region that the ARN names, or deploy the application in this one',
  },
  {
    kind: 'invalid',
    fits: says(/model identifier is invalid/i),
    cause: 'Bedrock knows no such model or profile in this Region, as with the ARN of another Region',
    remedy: "compare the Region in the ARN with the function's, then deploy the application's stack again",
  },
];
