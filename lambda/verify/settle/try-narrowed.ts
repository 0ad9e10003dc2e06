import { type Clock, PROBE_MILLISECONDS } from '../../../aws/clock';
import { retry } from '../../../aws/retry/retry';
import type { Call, Session } from '../bedrock/call';
import type { SessionStatement } from './session-policy';

/** The result of a call under a session policy. */
export type NarrowedResult =
  | { readonly outcome: 'allowed'; readonly requestId?: string }
  | { readonly outcome: 'denied'; readonly deniedArn: string; readonly why: string; readonly requestId?: string }
  /** IAM neither allowed nor denied the call, so it shows nothing. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** Makes the call in a session of the role whose session policy has these statements. */
export type TryNarrowed = (statements: readonly SessionStatement[]) => Promise<NarrowedResult>;

/** The assumption of roles and the clock of a narrowed call. */
export interface NarrowedDependencies {
  readonly assumeRole: (roleArn: string, signal: AbortSignal, policy: string) => Promise<Session>;
  readonly clock: Clock;
}

/** Reason for a call that was not made because too little time was left in the run. */
export const NO_TIME = `less than ${PROBE_MILLISECONDS / 1000} s were left before the function's timeout`;

/**
 * Returns a function that makes the call with the role, limited by a session policy. An error that AWS returns is a
 * result and is not thrown.
 */
export function tryNarrowed(roleArn: string, call: Call, { assumeRole, clock }: NarrowedDependencies): TryNarrowed {
  return async (statements) => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    if (clock.timeLeft() < PROBE_MILLISECONDS) {
      return { outcome: 'unknown', why: NO_TIME };
    }
    const { ended: assumed } = await retry(clock, (signal) => assumeRole(roleArn, signal, policy));
    if ('failure' in assumed) {
      return { outcome: 'unknown', why: `the role could not be assumed: ${assumed.failure.cause}` };
    }
    return send(assumed.value, call, clock);
  };
}

async function send(session: Session, call: Call, clock: Clock): Promise<NarrowedResult> {
  if (clock.timeLeft() < PROBE_MILLISECONDS) {
    return { outcome: 'unknown', why: NO_TIME };
  }
  const { ended } = await retry(clock, (signal) => session.send(call, signal));
  if (!('failure' in ended)) {
    const { requestId } = ended.value;
    return { outcome: 'allowed', ...(requestId !== undefined && { requestId }) };
  }
  const { kind, deniedArn, cause, error } = ended.failure;
  return kind === 'denied' && deniedArn !== undefined
    ? {
        outcome: 'denied',
        deniedArn,
        why: cause,
        ...(error.requestId !== undefined && { requestId: error.requestId }),
      }
    : { outcome: 'unknown', why: `the call showed nothing: ${cause}` };
}
