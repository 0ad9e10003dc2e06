import type { ReadError } from '../../aws/errors/read-error';

/** Describes a failed call for the events of the stack: the action, the number of attempts and AWS's error. */
export function failedCall(action: string, attempts: number, { name, message }: ReadError): string {
  return `${action} failed (attempts: ${attempts}): ${name}: ${message}`;
}
