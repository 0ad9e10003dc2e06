import { boundedText } from '../../../aws/bounded-text';
import { groupBy } from '../../../aws/group-by';
import { isWrong } from '../probes/is-wrong';
import type { ProbeResult, VerificationResult } from '../result';

/** What a run says about letting a deployment through. */
export interface GateVerdict {
  readonly passed: boolean;
  /** For the events of the stack: what was found, on what, and the next step. */
  readonly message: string;
}

const SHOWN = 3;
const STREAM = /(\bbedrock:InvokeModel)WithResponseStream\b/g;
/** For all causes together, with the probes that met them, and for what one cause says: these fit into an answer. */
const MOST = { together: 1_650, cause: 340 };

/**
 * Whether what was deployed works.
 *
 * Wrong access fails, and so does what stays as it is until somebody acts: a missing agreement, a model at its end of
 * life, a request that is refused. What passes by itself, such as a throttle, says nothing about the deployment. A call
 * that must be denied and came to no verdict is no wrong access either.
 */
export function gateVerdict(application: string, { probes, milliseconds }: VerificationResult): GateVerdict {
  if (probes.length === 0) {
    return { passed: false, message: `no probe of '${application}' was made` };
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
        : `${unclear.length} ${of} could not tell: ${grouped(unclear)}`,
  };
}

/** One sentence a cause, with the probes that met it. */
function grouped(probes: readonly ProbeResult[]): string {
  const byCause = groupBy(probes, ({ cause, outcome, remedy }) =>
    // Whether a call streams makes two causes of one.
    `${cause ?? outcome}; ${remedy ?? 'verify again'}`.replace(STREAM, '$1'),
  );
  const room = Math.floor(MOST.together / Math.min(SHOWN, byCause.size)) - MOST.cause;
  const sentences = [...byCause].map(([says, met]) => {
    const names = listed([...new Set(met.map(nameOf))]);
    const roles = new Set(met.filter((p) => p.attempts > 0).map(({ principal }) => principal.split('/').at(-1) ?? ''));
    const as = roles.size === 0 ? '' : ` (as ${listed([...roles])})`;
    return `${boundedText(names, room - as.length)}: ${boundedText(says, MOST.cause)}${as}`;
  });
  return listed(sentences, '. ');
}

function listed(texts: readonly string[], between = ', '): string {
  const rest = texts.length - SHOWN;
  return [...texts.slice(0, SHOWN), ...(rest > 0 ? [`and ${rest} more`] : [])].join(between);
}

function nameOf({ alias, modelId, probe, outcome }: ProbeResult): string {
  return `${alias}${modelId === '' ? '' : ` (${modelId})`} ${probe} ${outcome}`;
}
