import type { ClassifiedError } from '../../../aws/errors/classify-error';
import type { Ended } from '../../../aws/retry/retry';
import type { Reply } from '../bedrock/call';
import { INVOKE_ACTIONS } from '../invoke-actions';
import type { DeniedProbe, Outcome } from '../result';

/** The outcome of a probe. If it is not the intended one, it has a cause and the next step. */
export interface Verdict {
  readonly outcome: Outcome;
  readonly cause?: string;
  readonly remedy?: string;
}

/** The denial that a probe expects, and the place to look if the call was not denied. */
interface ExpectedDenial {
  readonly matches: (denial: ClassifiedError) => boolean;
  readonly lookFor: string;
  /**
   * What is wrong with the call.
   *
   * @default - it goes around the profiles of the application
   */
  readonly although?: string;
}

/** Cause of a denial that may not concern this call in particular. */
export const WITHOUT_CONTROL =
  'denied, but the control call of the same role was not allowed either, so the denial proves nothing';

/**
 * True for a denial of a model call by IAM. A 403 that names no action comes from elsewhere, for example for a model
 * that Bedrock does not offer.
 */
const isInvokeDenial = ({ deniedAction = '' }: ClassifiedError): boolean => INVOKE_ACTIONS.includes(deniedAction);

/** Denial of a call of a model around its profile. */
const AROUND_THE_PROFILE: ExpectedDenial = {
  matches: isInvokeDenial,
  lookFor: "look for a statement without the condition bedrock:InferenceProfileArn in the role's policies",
};

const OF_OTHER_PROFILES: ExpectedDenial = {
  matches: isInvokeDenial,
  lookFor: "look for a profile of another application, or application-inference-profile/*, in the role's policies",
};

const EXPECTED_DENIALS: Readonly<Record<DeniedProbe, ExpectedDenial>> = {
  'bare-model': AROUND_THE_PROFILE,
  'destination-model': AROUND_THE_PROFILE,
  'system-profile': AROUND_THE_PROFILE,
  'other-region': AROUND_THE_PROFILE,
  'foreign-profile': OF_OTHER_PROFILES,
  'missing-profile': OF_OTHER_PROFILES,
  'no-guardrail': {
    // The condition is on the models. A denial on the profile means that the role lacks its own profile.
    matches: (denial) => isInvokeDenial(denial) && denial.deniedArn?.includes(':foundation-model/') === true,
    lookFor: "look for a statement without the condition bedrock:GuardrailIdentifier in the role's policies",
    although: 'it names no guardrail',
  },
  'other-tier': {
    matches: isInvokeDenial,
    lookFor: "look for a statement without the condition bedrock:ServiceTier in the role's policies",
    although: 'it names a service tier that the environment file does not admit',
  },
  'bearer-token': {
    // An unreadable token gets the same error name and status from Bedrock, so the message must be IAM's.
    matches: ({ deniedAction = '' }) => ['bedrock:CallWithBearerToken', ...INVOKE_ACTIONS].includes(deniedAction),
    lookFor: "look for bedrock:CallWithBearerToken in the role's policies",
  },
  mantle: {
    matches: ({ deniedAction = '' }) => deniedAction.startsWith('bedrock-mantle:'),
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
 * Only a denial by IAM of the action that the probe tries counts, and only if the same role could call its own profile
 * in the same run. A throttled call fails whatever the policies say, and so does a role that may not call anything yet.
 */
export function judgeDenied(probe: DeniedProbe, ended: Ended<Reply>, controlAllowed: boolean): Verdict {
  const { matches, lookFor, although = 'it goes around the profiles of the application' } = EXPECTED_DENIALS[probe];
  if (!('failure' in ended)) {
    if (ended.value.nothing) {
      return { outcome: 'inconclusive', cause: `neither denied nor answered: ${ended.value.flaw}`, remedy: PROXY };
    }
    return {
      outcome: 'allowed',
      cause: `the call was answered, although ${although}`,
      remedy: lookFor,
    };
  }
  const { failure } = ended;
  if (!isDenial(failure)) {
    return {
      outcome: 'inconclusive',
      cause: hasIamMessage(failure)
        ? `refused with IAM's message, but with ${failure.error.name} and status ${failure.error.status}, which AWS does not document for a denial`
        : `not denied by IAM: ${failure.cause}`,
      // If Bedrock read the request, the remedy for a call that should succeed would be wrong here.
      remedy: isReadByBedrock(failure) ? lookFor : failure.remedy,
    };
  }
  if (!matches(failure)) {
    return {
      outcome: 'inconclusive',
      cause: `denied, but for another reason than the one under test: ${failure.cause}`,
      remedy: failure.remedy,
    };
  }
  return controlAllowed
    ? { outcome: 'denied', cause: failure.cause }
    : {
        outcome: 'inconclusive',
        cause: WITHOUT_CONTROL,
        remedy: 'correct the problem that the control probe reports, then verify again',
      };
}

/** True for a denial from Bedrock. The kind `denied` implies status 403, and the name excludes other services. */
function isDenial({ kind, error }: ClassifiedError): boolean {
  return kind === 'denied' && error.name === 'AccessDeniedException';
}

/**
 * True for an error with IAM's message. OpenAI-compatible endpoints are reported to send it with 401 (public bug
 * reports, 2026).
 */
function hasIamMessage({ error }: ClassifiedError): boolean {
  return error.status !== undefined && /is not authorized to perform: /.test(error.fullMessage);
}

/** True when Bedrock read the request and found a mistake in it, so IAM did not deny the call. */
function isReadByBedrock({ kind, error }: ClassifiedError): boolean {
  return error.status === 400 || (error.status === 404 && kind !== 'unavailable');
}
