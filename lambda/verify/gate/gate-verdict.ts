import { boundedText } from '../../../aws/bounded-text';
import { groupBy } from '../../../aws/group-by';
import { isWrong } from '../probes/is-wrong';
import type { ProbeResult, VerificationResult } from '../result';

/** The decision whether a deployment may continue. */
export interface GateVerdict {
  readonly passed: boolean;
  /** Text for the events of the stack: the result, the affected aliases and the next step. */
  readonly message: string;
}

const SHOWN = 3;
const STREAM = /(\bbedrock:InvokeModel)WithResponseStream\b/g;
/**
 * Lengths in characters, so that the message fits into an answer: the most of all causes together with their probes, and
 * what is kept free for the names of the probes of one cause.
 */
const LENGTHS = { together: 1_650, names: 160 };

/**
 * Decides from the result of a run whether the deployed access works.
 *
 * Wrong access fails the gate. So does a problem that stays until somebody acts: a missing agreement, a model at its
 * end of life, a refused request. A problem that may pass without any action, such as a throttle, shows nothing about
 * the deployment. The same holds for a call that must be denied and came to no verdict.
 */
export function gateVerdict(application: string, { probes, milliseconds }: VerificationResult): GateVerdict {
  if (probes.length === 0) {
    return { passed: false, message: `no probe of '${application}' was run` };
  }
  const failed = probes.filter(isWrong);
  const unclear = probes.filter((probe) => !probe.asIntended && !isWrong(probe));
  const of = `of ${probes.length} probes of '${application}'`;
  if (failed.length > 0) {
    return {
      passed: false,
      message: `${failed.length} ${of} failed (tried for ${Math.round(milliseconds / 1000)} s): ${grouped(failed)}`,
    };
  }
  return {
    passed: true,
    message:
      unclear.length === 0
        ? `${probes.length} ${of} as intended`
        : `${unclear.length} ${of} were inconclusive: ${grouped(unclear)}`,
  };
}

/** Writes one sentence per cause, with the probes that have this cause. */
function grouped(probes: readonly ProbeResult[]): string {
  const byCause = groupBy(probes, (probe) =>
    // Streaming and non-streaming denials have the same cause, so count them as one.
    `${probe.cause ?? probe.outcome}${answerOf(probe)}; ${probe.remedy ?? 'verify again'}`.replace(STREAM, '$1'),
  );
  const share = Math.floor(LENGTHS.together / Math.min(SHOWN, byCause.size));
  const sentences = [...byCause].map(([cause, affected]) => {
    const names = listed([...new Set(affected.map(nameOf))]);
    const called = affected.filter(({ attempts }) => attempts > 0);
    const roles = new Set(called.map(({ principal }) => principal.split('/').at(-1) ?? ''));
    const as = roles.size === 0 ? '' : ` (as ${listed([...roles])})`;
    const sentence = boundedText(cause, share - LENGTHS.names);
    return `${boundedText(names, share - sentence.length - as.length)}: ${sentence}${as}`;
  });
  return listed(sentences, '. ');
}

/** Returns the service's own words. The cause of an IAM denial contains them already, and some errors have none. */
function answerOf({ error, deniedAction }: ProbeResult): string {
  return error?.status === undefined || deniedAction !== undefined || error.message === error.name
    ? ''
    : ` (${error.status} ${error.name}: ${JSON.stringify(error.message)})`;
}

function listed(texts: readonly string[], between = ', '): string {
  const rest = texts.length - SHOWN;
  return [...texts.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].join(between);
}

function nameOf({ alias, modelId, probe, outcome }: ProbeResult): string {
  return `${alias}${modelId === '' ? '' : ` (${modelId})`} ${probe} ${outcome}`;
}
