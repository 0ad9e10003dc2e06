import { asciiLowerCase } from '../policy/ascii-lower-case';
import type { AccessRequest } from './access-request';
import { type ContextKeys, contextKeys } from './context-keys';

/** A request in the form with which all its statements are compared. */
export interface PreparedRequest {
  /** Action in lower case. */
  readonly action: string;
  readonly resource: string;
  readonly keys: ContextKeys;
}

/**
 * Prepares a request once for all statements.
 *
 * Only the ASCII letters of the action are lower-cased. The Kelvin sign (U+212A) would become a `k`, and an action with
 * it would be taken for an action of `bedrock`.
 */
export function prepareRequest({ action, resource, context }: AccessRequest): PreparedRequest {
  const lowerCase = asciiLowerCase(action);
  return { action: lowerCase, resource, keys: contextKeys(context) };
}
