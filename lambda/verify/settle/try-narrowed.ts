import { type Clock, PROBE_MILLISECONDS } from '../../../aws/clock';
import { retry } from '../../../aws/retry/retry';
import type { Call, Session } from '../bedrock/call';
import type { SessionStatement } from './session-policy';

/** What came of a call under a session policy. */
export type Tried =
  | { readonly outcome: 'allowed'; readonly requestId?: string }
  | { readonly outcome: 'denied'; readonly deniedArn: string; readonly why: string; readonly requestId?: string }
  /** It was neither allowed nor refused by IAM, so that it shows nothing. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** Makes the same call as the same role, under a session policy of these statements. */
export type TryNarrowed = (statements: readonly SessionStatement[]) => Promise<Tried>;

/** What a try touches outside itself. */
export interface NarrowedDependencies {
  readonly assumeRole: (roleArn: string, signal: AbortSignal, policy: string) => Promise<Session>;
  readonly clock: Clock;
}

/** Why nothing was tried, where it is too late in a run to begin. */
export const NO_TIME = `less than ${PROBE_MILLISECONDS / 1000} s were left before the function's timeout`;

/** Prepares a call as a role whose session a policy narrows. It never throws for an answer of AWS. */
export function tryNarrowed(roleArn: string, call: Call, { assumeRole, clock }: NarrowedDependencies): TryNarrowed {
  return async (statements) => {
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    if (clock.timeLeft() < PROBE_MILLISECONDS) {
      return { outcome: 'unknown', why: NO_TIME };
    }
    const { ended: assumed } = await retry(clock, (signal) => assumeRole(roleArn, signal, policy));
    if ('failure' in assumed) {
      return { outcome: 'unknown', why: `the role was not assumed: ${assumed.failure.cause}` };
    }
    return send(assumed.value, call, clock);
  };
}

async function send(session: Session, call: Call, clock: Clock): Promise<Tried> {
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
