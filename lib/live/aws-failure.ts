/** What AWS refused, with the next step; the command could not finish. */
export class AwsFailure extends Error {
  override readonly name = 'AwsFailure';
}

interface Known {
  readonly names: RegExp;
  readonly remedy: string;
}

const KNOWN: readonly Known[] = [
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
  { names: /AccessDenied|UnauthorizedOperation/, remedy: 'use credentials that may do this' },
  { names: /Throttl|TooManyRequests|RequestLimitExceeded/, remedy: 'run the command again in a minute' },
  {
    names: /TimeoutError|ENOTFOUND|ECONN|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|NetworkingError/,
    remedy: 'check the connection to AWS, and AWS_ENDPOINT_URL if it is set',
  },
];

/** Does `work`, which asks AWS; what AWS or the SDK throws becomes one sentence that says what was tried and what to do. */
export async function askingAws<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name, code, message } = error as {
      readonly name?: string;
      readonly code?: string;
      readonly message?: string;
    };
    const said = message || code || name || String(error);
    const remedy = KNOWN.find(({ names }) => names.test(name ?? '') || names.test(code ?? ''))?.remedy;
    throw new AwsFailure(`could not ${what}: ${said}${remedy === undefined ? '' : `; ${remedy}`}`);
  }
}
