import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { AccessRequest } from './access-request';
import { type ContextKeys, contextKeys } from './context-keys';

/** A request in the form that every statement compares with, made once. */
export interface PreparedRequest {
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly keys: ContextKeys;
}

/** Only ASCII letters have a case in actions: U+212A lower-cased is a `k`, and would pass for the one in `bedrock`. */
export function prepareRequest({ action, resource, context }: AccessRequest): PreparedRequest {
  const lowerCase = asciiLowerCase(action);
  return { action: lowerCase, resource, keys: contextKeys(context) };
}
