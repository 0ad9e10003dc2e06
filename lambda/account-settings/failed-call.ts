import type { ReadError } from '../../aws/errors/read-error';

/** A call that AWS did not do, for the events of the stack: which, how often it was tried, and what AWS said. */
export function failedCall(action: string, attempts: number, { name, message }: ReadError): string {
  return `${action} failed (attempts: ${attempts}): ${name}: ${message}`;
}
