import { AwsError } from '../aws-error';
import { restError } from '../transport/rest-error';
import type { Fault, FaultedCall } from './fault';

function refusal(
  name: string,
  [status, code, message]: readonly [status: number, code: string, message: string | ((call: FaultedCall) => string)],
  more: Partial<Fault> = {},
): Fault {
  return {
    name,
    does: `answers ${status} ${code}`,
    replacesAnswer: true,
    ...more,
    change: (_, call) => restError(new AwsError(status, code, typeof message === 'string' ? message : message(call))),
  };
}

const TOO_MANY = [429, 'ThrottlingException', 'Too many requests, please wait before trying again.'] as const;
const DENIED = [403, 'AccessDeniedException'] as const;
const NOT_FOUND = [404, 'ResourceNotFoundException'] as const;
const INVALID = [400, 'ValidationException'] as const;

const unauthorised = ({ operation, caller, target }: FaultedCall): string => {
  const action = operation === 'ConverseStream' ? 'bedrock:InvokeModelWithResponseStream' : 'bedrock:InvokeModel';
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${target} because no identity-based policy allows the ${action} action`;
};

/** Errors that Bedrock returns instead of a model's answer. The texts are AWS's (collected 2026-11-21). */
export const REFUSALS: readonly Fault[] = [
  refusal('throttle', TOO_MANY),
  refusal('throttle-once', TOO_MANY, {
    does: 'answers 429 ThrottlingException to the first of equal calls',
    onlyFirst: 'call',
  }),
  refusal('tokens-per-day', [429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'], {
    does: 'answers 429 ThrottlingException: too many tokens per day',
  }),
  refusal('not-ready', [429, 'ModelNotReadyException', 'Model is not ready for inference.']),
  {
    name: 'overloaded',
    does: 'answers 529 overloaded_error with Retry-After: 1',
    replacesAnswer: true,
    change: () => ({
      status: 529,
      headers: { 'content-type': 'application/json', 'retry-after': '1' },
      body: JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }),
    }),
  },
  refusal('server-error', [500, 'InternalServerException', 'The system encountered an unexpected error.']),
  refusal('unavailable', [503, 'ServiceUnavailableException', 'Bedrock is unable to process your request.']),
  refusal('model-timeout', [408, 'ModelTimeoutException', 'Model has timed out in processing the request.']),
  refusal('model-error', [424, 'ModelErrorException', 'The model failed while it processed the request.']),
  refusal('quota', [400, 'ServiceQuotaExceededException', 'Your request exceeds the service quota for your account.']),
  refusal('validation', [...INVALID, 'max_tokens: must be at least 1']),
  refusal(
    'sampling',
    [...INVALID, '`temperature` and `top_p` cannot both be specified for this model. Please use only one.'],
    {
      does: 'answers 400 ValidationException: temperature and top_p together',
    },
  ),
  refusal(
    'on-demand',
    [
      ...INVALID,
      ({ target }) =>
        `Invocation of model ID ${target} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    ],
    { does: 'answers 400 ValidationException: no on-demand throughput' },
  ),
  refusal('kms-key', [...INVALID, 'arn:aws:kms:us-east-1:111122223333:key/1234abcd is disabled.'], {
    does: 'answers 400 ValidationException: a KMS key is disabled',
  }),
  refusal('conflict', [
    400,
    'ConflictException',
    'Error occurred because of a conflict while performing an operation.',
  ]),
  refusal('denied', [...DENIED, unauthorised], { does: 'answers 403 AccessDeniedException as IAM words it' }),
  refusal('denied-without-text', [...DENIED, ''], { does: 'answers 403 AccessDeniedException with an empty message' }),
  refusal('expired-session', [403, 'ExpiredTokenException', 'The security token included in the request is expired'], {
    does: 'answers 403 ExpiredTokenException to the first call of each session',
    onlyFirst: 'session',
  }),
  refusal(
    'marketplace',
    [
      ...DENIED,
      'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:ViewSubscriptions, aws-marketplace:Subscribe) to enable access to this model.',
    ],
    { does: 'answers 403 AccessDeniedException: no AWS Marketplace subscription' },
  ),
  refusal('agreement', [...DENIED, 'MPAgreementBeingCreated: try again later'], {
    does: 'answers 403 AccessDeniedException: the Marketplace agreement is being created',
  }),
  refusal('not-found', [...NOT_FOUND, ({ target }) => `The inference profile ${target} was not found.`]),
  refusal('end-of-life', [...NOT_FOUND, 'This model version has reached the end of its life.'], {
    does: 'answers 404 ResourceNotFoundException: the model reached its end of life',
  }),
  refusal(
    'legacy',
    [
      ...NOT_FOUND,
      'Access denied. This Model is marked by provider as Legacy and you have not been actively using the model in the last 15 days. Please upgrade to an active model on Amazon Bedrock',
    ],
    { does: 'answers 404 ResourceNotFoundException: a legacy model that was not used recently' },
  ),
  refusal('use-case-form', [...NOT_FOUND, 'Model use case details have not been submitted for this account.'], {
    does: 'answers 404 ResourceNotFoundException: the use-case form is missing',
  }),
  {
    name: 'error-with-html',
    does: 'answers 502 with a page of HTML, as a proxy does',
    replacesAnswer: true,
    change: () => ({
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html><body>Bad gateway</body></html>',
    }),
  },
];
