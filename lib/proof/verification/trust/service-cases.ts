import type { Caller } from '../../../iam/evaluate/evaluate-trust';
import type { TrustCase } from './trust-case';

/** Lists the cases of a role that only one service may assume. */
export function serviceCases(service: string): readonly TrustCase[] {
  const by = (name: string): Caller => ({ kind: 'service', service: name });
  const action = 'sts:AssumeRole';
  return [
    { who: service, caller: by(service), action, context: {}, expected: 'allowed' },
    { who: 'another service', caller: by('stranger.amazonaws.com'), action, context: {}, expected: 'denied' },
  ];
}
