import type { PrincipalPattern } from '../policy/principal-pattern';
import type { Caller } from './caller';

/** Returns how the statement names the caller: by itself, only by its account, or not at all (`undefined`). */
export function matchPrincipal(
  patterns: readonly PrincipalPattern[],
  caller: Caller,
): 'principal' | 'account' | undefined {
  if (patterns.some((pattern) => namesCaller(pattern, caller))) {
    return 'principal';
  }
  const account = caller.kind === 'aws' ? caller.accountId : undefined;
  return patterns.some((pattern) => pattern.kind === 'account' && pattern.accountId === account)
    ? 'account'
    : undefined;
}

function namesCaller(pattern: PrincipalPattern, caller: Caller): boolean {
  switch (pattern.kind) {
    case 'everyone':
      return true;
    case 'account':
      return false;
    case 'arn':
      return caller.kind === 'aws' && caller.arns.includes(pattern.arn);
    case 'service':
      return caller.kind === 'service' && caller.service === pattern.service;
    case 'federated':
      return caller.kind === 'federated' && caller.provider === pattern.provider;
  }
}
