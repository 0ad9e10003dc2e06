import type { Reply } from './call';
import type { ClassifiedError } from './classify-error';
import type { Outcome } from './result';
import type { Ended } from './retry';

/** What a probe found, and for anything but the intended outcome why, and the one next step. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly cause?: string;
  readonly remedy?: string;
}

const INVOKE_ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

const LOOK_FOR_CONDITION =
  "look for a statement without the condition bedrock:InferenceProfileArn in the role's policies";

/** Judges a call that the application must be able to make. */
export function judgeAllowed(ended: Ended<Reply>): Verdict {
  if ('failure' in ended) {
    const { kind, cause, remedy } = ended.failure;
    return { outcome: outcomeOf(kind), cause, remedy };
  }
  return ended.value.flaw === undefined
    ? { outcome: 'allowed' }
    : {
        outcome: 'inconclusive',
        cause: ended.value.flaw,
        remedy: ended.value.remedy ?? 'verify again; if this stays, look for a proxy between the function and Bedrock',
      };
}

function outcomeOf(kind: ClassifiedError['kind']): Outcome {
  switch (kind) {
    case 'denied':
      return 'denied';
    case 'throttled':
    case 'failing':
    case 'unavailable':
      return 'unavailable';
    case 'connection':
    case 'other':
      return 'inconclusive';
  }
}

/**
 * Judges a call that the application must not be able to make.
 *
 * Only IAM's own refusal of the invocation counts, and only when the same role could call its own profile in the same
 * run: a throttled call, or a role that can do nothing yet, is refused whatever the policies say.
 */
export function judgeDenied(ended: Ended<Reply>, controlAllowed: boolean): Verdict {
  if (!('failure' in ended)) {
    return {
      outcome: 'allowed',
      cause: 'the call was answered: it goes around the profiles of the application',
      remedy: LOOK_FOR_CONDITION,
    };
  }
  const { failure } = ended;
  if (!isRefusedInvocation(failure)) {
    return {
      outcome: 'inconclusive',
      cause: `no refusal by IAM: ${failure.cause}`,
      // Advice for a call that should work would be wrong here.
      remedy: failure.error.status === 400 ? LOOK_FOR_CONDITION : failure.remedy,
    };
  }
  return controlAllowed
    ? { outcome: 'denied', cause: failure.cause }
    : {
        outcome: 'inconclusive',
        cause: 'refused, but the control call of the same role was not allowed either, so the refusal proves nothing',
        remedy: 'mend what the control probe reports, then verify again',
      };
}

/** `denied` is a 403 already; the name tells Bedrock's from that of another service. */
function isRefusedInvocation({ kind, error, deniedAction }: ClassifiedError): boolean {
  return (
    kind === 'denied' &&
    error.name === 'AccessDeniedException' &&
    (deniedAction === undefined || INVOKE_ACTIONS.includes(deniedAction))
  );
}
