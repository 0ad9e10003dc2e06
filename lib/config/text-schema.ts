import { z } from 'zod';

/** Sets the message for a value of the wrong type. Every other check has its own message. */
export function ofWrongType(message: string) {
  return { error: ({ code }: { readonly code?: string }) => (code === 'invalid_type' ? message : undefined) };
}

/** Defines a text with a pattern. `form` completes the message "must be …". */
export function text(pattern: RegExp, form: string) {
  return z.string(ofWrongType(`must be ${form}`)).regex(pattern, `must be ${form}`);
}

/** The id of an AWS account. */
export const accountId = text(/^\d{12}$/, "an AWS account id: twelve digits in quotes, such as '111122223333'");
