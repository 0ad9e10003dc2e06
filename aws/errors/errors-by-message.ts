import type { KnownError } from './known-error';
import { messageMatches } from './message-matches';

/** Errors whose cause only the message shows, such as an unavailable model or a refused parameter. */
export const ERRORS_BY_MESSAGE: readonly KnownError[] = [
  {
    kind: 'unavailable',
    fits: messageMatches(/MPAgreementBeingCreated|agreement is being created/i),
    cause: 'the AWS Marketplace agreement for this model is still being created',
    remedy: 'verify again in 15 minutes',
    passes: true,
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/INVALID_PAYMENT_INSTRUMENT|valid payment instrument/i),
    cause: 'the account has no payment method that AWS Marketplace accepts for this model',
    remedy: 'add a payment method in the billing console of the paying account, then verify again after 2 minutes',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/aws-marketplace:|Marketplace subscription|Marketplace agreement/i),
    cause: 'the account is not subscribed to this model in AWS Marketplace',
    remedy:
      'call the model once as an administrator who may aws-marketplace:Subscribe, then verify again after 15 minutes',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/use case details have not been submitted/i),
    cause: "the provider's use-case form has not been submitted for this account",
    remedy: "submit the use-case form under 'Model catalog' in the Bedrock console, then verify again after 15 minutes",
  },
  {
    kind: 'unavailable',
    // Nine public threads of 2026, such as anthropics/claude-code 66594. The account chooses the mode with
    // PutAccountDataRetention, and IAM knows it as bedrock:DataRetentionMode.
    fits: messageMatches(/data retention mode .{0,40} is not available/i),
    cause: "the model is not offered with the account's data retention mode",
    remedy:
      "choose another model for the alias, or a mode that this model's card names (PutAccountDataRetention): it holds for every model of the account, and may let the provider keep prompts",
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/reached the end of its life/i),
    cause: 'the model has reached its end of life',
    remedy: 'move the alias to an active model',
  },
  {
    kind: 'unavailable',
    // The message said 30 days at first and says 15 days now (Bedrock User Guide, 2026-10).
    fits: messageMatches(/marked by provider as Legacy/i),
    cause: 'the model is legacy, and this account has not called it for 15 days',
    remedy: 'move the alias to an active model: access to an unused legacy model is not restored',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/on-demand throughput isn.t supported/i),
    cause: 'the model can only be called through a system-defined inference profile',
    remedy: 'set the routing of the alias to a geography that offers the model, instead of regional',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/KMS.*pending (deletion|import)|arn:[\w-]+:kms:\S+ is pending (deletion|import)/i),
    cause: 'the KMS key of the guardrail or the model is pending deletion, or its key material is missing',
    remedy: 'cancel the deletion of the key in KMS and enable it, or give the guardrail or the model another key',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/KMS.*(is disabled|DisabledException)|arn:[\w-]+:kms:\S+ is disabled/i),
    cause: 'the KMS key of the guardrail or the model is disabled',
    remedy: 'enable the key in KMS',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/\bKMS\b.*\bkey\b|\bKMS\w*Exception|arn:[\w-]+:kms:/i),
    cause: 'the KMS key of the guardrail or the model could not be used',
    remedy: 'check that the key exists in this Region, is enabled, and that its key policy allows the role kms:Decrypt',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/don.t have access to the model with the specified model ID/i),
    cause: 'the account has no access to this model in this Region',
    remedy: "open the model under 'Model catalog' in the Bedrock console of this Region, which says what is missing",
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/not allowed from unsupported countries/i),
    cause: 'the provider does not offer this model in the country of the account or of the caller',
    remedy: 'choose a model of another provider for the alias',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/account is not authorized to invoke this API operation|^Operation not allowed$/i),
    cause: 'AWS has restricted Bedrock for this account',
    remedy: 'open a case with AWS Support under account and billing',
  },
  {
    kind: 'unavailable',
    fits: messageMatches(/too many tokens per day/i),
    cause: 'the quota of tokens per day for this model is used up in this Region',
    remedy: 'request a higher quota for tokens per day in Service Quotas, or verify again tomorrow',
    passes: true,
  },
  {
    kind: 'invalid',
    fits: messageMatches(/temperature.*top_?p.*cannot both be specified/i),
    cause: 'the model accepts either temperature or top_p, and the request has both',
    remedy:
      'remove one of the two; if the probe sampling sent both, the entry of the model in the catalog is wrong: report it',
  },
  {
    kind: 'invalid',
    fits: messageMatches(/\b(temperature|top_?[pk])`? is (deprecated|not supported)/i),
    cause: 'the model accepts no sampling parameters, and the request has one',
    remedy: 'remove temperature, top_p and top_k from requests to this model',
  },
  {
    kind: 'invalid',
    fits: messageMatches(/malformed input request/i),
    cause: "the request's body does not have the form that this model accepts",
    remedy: 'compare the keys that the message names with the request format of the model in the Bedrock User Guide',
  },
  {
    kind: 'invalid',
    fits: messageMatches(
      /(arn|resource|profile|model)\b.{0,80}\b(invalid|not valid) (for|in) (the|this) (service )?region/i,
    ),
    cause: 'the ARN names another Region than the endpoint that was called',
    remedy: 'call the endpoint in the Region that the ARN names, or deploy the application in this Region',
  },
  {
    kind: 'invalid',
    fits: messageMatches(/model identifier is invalid/i),
    cause: 'Bedrock has no such model or profile in this Region; the ARN may name another Region',
    remedy: "compare the Region in the ARN with the function's, then deploy the application's stack again",
  },
];
