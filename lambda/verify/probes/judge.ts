import type { ClassifiedError } from '../../../aws/errors/classify-error';
import type { Ended } from '../../../aws/retry/retry';
import type { Reply } from '../bedrock/call';
import { INVOKE_ACTIONS } from '../invoke-actions';
import type { Outcome, ProbeName } from '../result';

/** What a probe found, and for anything but the intended outcome why, and the one next step. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly cause?: string;
  readonly remedy?: string;
}

/** What makes a refusal the one that a probe is about, and where to look when the call was not refused. */
interface Refusal {
  readonly counts: (denial: ClassifiedError) => boolean;
  readonly lookFor: string;
}

/** Of a refusal that was not shown to be one of this call alone. */
export const WITHOUT_CONTROL =
  'refused, but the control call of the same role was not allowed either, so the refusal proves nothing';

/** A 403 that names no action is none of IAM's: Bedrock answers so to models that it does not serve, for one. */
const isOfInvocation = ({ deniedAction = '' }: ClassifiedError): boolean => INVOKE_ACTIONS.includes(deniedAction);

/** Of the calls of a model around its profile. */
const AROUND_THE_PROFILE: Refusal = {
  counts: isOfInvocation,
  lookFor: "look for a statement without the condition bedrock:InferenceProfileArn in the role's policies",
};

const OF_OTHER_PROFILES: Refusal = {
  counts: isOfInvocation,
  lookFor: "look for a profile of another application, or application-inference-profile/*, in the role's policies",
};

const REFUSALS: Readonly<Partial<Record<ProbeName, Refusal>>> = {
  'foreign-profile': OF_OTHER_PROFILES,
  'missing-profile': OF_OTHER_PROFILES,
  'no-guardrail': {
    // On the profile the key has no say: refused there, the role lacks its own profile.
    counts: (denial) => isOfInvocation(denial) && denial.deniedArn?.includes(':foundation-model/') === true,
    lookFor: "look for a statement without the condition bedrock:GuardrailIdentifier in the role's policies",
  },
  'bearer-token': {
    // Bedrock gives the same name and status to a token that it cannot read, so IAM's own words have to be there.
    counts: ({ deniedAction = '' }) => ['bedrock:CallWithBearerToken', ...INVOKE_ACTIONS].includes(deniedAction),
    lookFor: "look for bedrock:CallWithBearerToken in the role's policies",
  },
  mantle: {
    counts: ({ deniedAction = '' }) => deniedAction.startsWith('bedrock-mantle:'),
    lookFor: "look for bedrock-mantle in the role's policies",
  },
};

const PROXY = 'verify again; if the error persists, look for a proxy between the function and Bedrock';

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
        remedy: ended.value.remedy ?? PROXY,
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
    case 'invalid':
    case 'other':
      return 'inconclusive';
  }
}

/**
 * Judges a call that the application must not be able to make.
 *
 * Only IAM's own refusal of what the probe is about counts, and only when the same role could call its own profile in the
 * same run: a throttled call, or a role that can do nothing yet, is refused whatever the policies say.
 */
export function judgeDenied(probe: ProbeName, ended: Ended<Reply>, controlAllowed: boolean): Verdict {
  const { counts, lookFor } = REFUSALS[probe] ?? AROUND_THE_PROFILE;
  if (!('failure' in ended)) {
    if (ended.value.nothing) {
      return { outcome: 'inconclusive', cause: `neither refused nor answered: ${ended.value.flaw}`, remedy: PROXY };
    }
    return {
      outcome: 'allowed',
      cause: 'the call was answered: it goes around the profiles of the application',
      remedy: lookFor,
    };
  }
  const { failure } = ended;
  if (!isDenial(failure)) {
    return {
      outcome: 'inconclusive',
      cause: isWorded(failure)
        ? `refused in IAM's words, but with ${failure.error.name} and status ${failure.error.status}: no denial as AWS documents it`
        : `no refusal by IAM: ${failure.cause}`,
      // Advice for a call that should work would be wrong where Bedrock got as far as reading this one.
      remedy: isUnderstood(failure) ? lookFor : failure.remedy,
    };
  }
  if (!counts(failure)) {
    return {
      outcome: 'inconclusive',
      cause: `refused, but not for what this probe tries: ${failure.cause}`,
      remedy: failure.remedy,
    };
  }
  return controlAllowed
    ? { outcome: 'denied', cause: failure.cause }
    : {
        outcome: 'inconclusive',
        cause: WITHOUT_CONTROL,
        remedy: 'mend what the control probe reports, then verify again',
      };
}

/** `denied` is a 403 already; the name tells Bedrock's from that of another service. */
function isDenial({ kind, error }: ClassifiedError): boolean {
  return kind === 'denied' && error.name === 'AccessDeniedException';
}

/** OpenAI-compatible endpoints are reported to refuse with 401 what IAM denies (public bug reports, 2026). */
function isWorded({ error }: ClassifiedError): boolean {
  return error.status !== undefined && /is not authorized to perform: /.test(error.fullMessage);
}

/** Whether IAM let the call through or was not asked: Bedrock says what is wrong with the call itself. */
function isUnderstood({ kind, error }: ClassifiedError): boolean {
  return error.status === 400 || (error.status === 404 && kind !== 'unavailable');
}
