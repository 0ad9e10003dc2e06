import type { Answer } from './post';

/** Creates an error in the form in which the SDK throws it: the type is its name, and it carries the status. */
export function serviceError({ statusCode, headers }: Answer, name: string, message: string): Error {
  const requestId = headers['x-amzn-requestid'];
  return Object.assign(new Error(message === '' ? `HTTP status ${statusCode}` : message), {
    name,
    $metadata: { httpStatusCode: statusCode, requestId },
  });
}
