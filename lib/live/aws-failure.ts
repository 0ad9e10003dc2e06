/**
 * Thrown when a request to AWS failed, so that the command cannot finish. The message ends with the next step, if it is
 * known.
 */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
}

interface KnownFailure {
  readonly names: RegExp;
  readonly remedy: string;
}

const KNOWN_FAILURES: readonly KnownFailure[] = [
  {
    names: /CredentialsProviderError|CredentialsError|^TokenProviderError/,
    remedy: 'sign in, for example with: aws sso login, and set AWS_PROFILE',
  },
  {
    names: /ExpiredToken|RequestExpired|TokenRefreshRequired|SSOTokenProviderFailure|InvalidClientTokenId/,
    remedy: 'the credentials have expired or were revoked; sign in again, for example with: aws sso login',
  },
  {
    names: /SignatureDoesNotMatch|InvalidSignature|UnrecognizedClient|IncompleteSignature|AuthFailure/,
    remedy: 'check the credentials and the clock of this machine',
  },
  { names: /^ResourceNotFoundException$/, remedy: 'deploy the environment first' },
  { names: /AccessDenied|UnauthorizedOperation/, remedy: 'use credentials that have this permission' },
  { names: /Throttl|TooManyRequests|RequestLimitExceeded/, remedy: 'run the command again in a minute' },
  {
    names: /TimeoutError|ENOTFOUND|ECONN|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|NetworkingError/,
    remedy: 'check the connection to AWS, and AWS_ENDPOINT_URL if it is set',
  },
];

/**
 * Runs `work`, which calls AWS. An error of AWS or of the SDK becomes one sentence that says what was tried and what to
 * do.
 *
 * @param task completes the sentence "could not …", such as `list the stacks (cloudformation:DescribeStacks)`
 * @throws AwsFailure when `work` throws
 */
export async function callAws<T>(task: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, code, message } = error as {
      readonly name?: string;
      readonly code?: string;
      readonly message?: string;
    };
    const reason = message || code || name || String(error);
    const remedy = KNOWN_FAILURES.find(({ names }) => names.test(name ?? '') || names.test(code ?? ''))?.remedy;
    throw new AwsFailure(`could not ${task}: ${reason}${remedy === undefined ? '' : `; ${remedy}`}`);
  }
}
