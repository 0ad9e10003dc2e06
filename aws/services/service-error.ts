import type { Answer } from './signed-post';

/** An error as the SDK would throw it: named by its type, with the status beside it. */
export function serviceError({ statusCode, headers }: Answer, name: string, message: string): Error {
  const requestId = headers['x-amzn-requestid'];
  return Object.assign(new Error(message === '' ? `HTTP status ${statusCode}` : message), {
    name,
    $metadata: { httpStatusCode: statusCode, requestId },
  });
}
