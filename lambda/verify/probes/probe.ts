import { type Clock, PROBE_MILLISECONDS } from '../../../aws/clock';
import type { ClassifiedError } from '../../../aws/errors/classify-error';
import { shownError } from '../../../aws/errors/read-error';
import { type Ended, retry } from '../../../aws/retry/retry';
import type { Reply, Session } from '../bedrock/call';
import type { ProbeResult } from '../result';
import { judgeAllowed, judgeDenied, type Verdict } from './judge';
import type { PlannedProbe } from './plan-probes';

/** The role of a probe, with its session or the error of its assumption. */
export interface Principal {
  readonly roleArn: string;
  /** Absent when there was no time left to assume the role. */
  readonly assumed?: Ended<Session>;
}

function resultOf(planned: PlannedProbe, roleArn: string, verdict: Verdict, rest: Partial<ProbeResult>): ProbeResult {
  const { alias, generation, probe, expected, call, byCatalog } = planned;
  return {
    application: alias.application,
    alias: alias.alias,
    generation: generation.generation,
    modelId: generation.modelId,
    routing: generation.routing,
    probe,
    expected,
    outcome: verdict.outcome,
    asIntended: verdict.outcome === expected,
    principal: roleArn,
    target: call.target,
    ...(call.region !== undefined && { calledRegion: call.region }),
    milliseconds: 0,
    attempts: 0,
    ...rest,
    ...(byCatalog && { byCatalog }),
    ...(verdict.cause !== undefined && { cause: verdict.cause }),
    ...(verdict.remedy !== undefined && { remedy: verdict.remedy }),
  };
}

/** Returns the parts of a result for an error. */
function errorParts({ error, deniedAction, deniedArn, passes }: ClassifiedError): Partial<ProbeResult> {
  const { requestId } = error;
  return {
    error: shownError(error),
    ...(requestId !== undefined && { requestId }),
    ...(deniedAction !== undefined && { deniedAction }),
    ...(deniedArn !== undefined && { deniedArn }),
    ...(passes && { passes }),
  };
}

/** Returns the result of a probe whose role could not be assumed, so no call was made. */
function notAssumed(planned: PlannedProbe, roleArn: string, failure: ClassifiedError): ProbeResult {
  const denied = failure.kind === 'denied';
  const verdict = planned.expected === 'allowed' ? judgeAllowed({ failure }).outcome : 'inconclusive';
  return resultOf(
    planned,
    roleArn,
    {
      outcome: verdict,
      cause: denied
        ? 'the verification function may not assume the role, so no call was made'
        : `the role could not be assumed, so no call was made: ${failure.cause}`,
      remedy: denied
        ? "deploy the application's stack again, so that the role exists and trusts the verification function"
        : failure.remedy,
    },
    { ...errorParts(failure), ...(denied && { deniedAction: 'sts:AssumeRole', deniedArn: roleArn }) },
  );
}

/** Returns the result of a probe for which the run had no time left. */
function notBegun(planned: PlannedProbe, roleArn: string): ProbeResult {
  return resultOf(
    planned,
    roleArn,
    {
      outcome: 'inconclusive',
      cause: `not run: less than ${PROBE_MILLISECONDS / 1000} s were left before the function's timeout`,
      remedy: "verify fewer applications at a time, or raise the function's timeout",
    },
    { passes: true },
  );
}

/**
 * Runs one probe and returns its result. It never throws for an answer or an error of Bedrock.
 *
 * `controlAllowed` is true if the control probe of the same role was allowed, which matters to probes that must be
 * denied. Until `settled`, by `clock.now()`, the call is retried if IAM's answer is unexpected or the profile is not
 * found: a change of policies takes seconds to spread, whether it grants or denies.
 */
export async function runProbe(
  planned: PlannedProbe,
  { roleArn, assumed }: Principal,
  clock: Clock,
  controlAllowed: boolean,
  settled: number,
): Promise<ProbeResult> {
  if (assumed !== undefined && 'failure' in assumed) {
    return notAssumed(planned, roleArn, assumed.failure);
  }
  if (assumed === undefined || clock.timeLeft() < PROBE_MILLISECONDS) {
    return notBegun(planned, roleArn);
  }
  const { send } = assumed.value;
  const judge = (ended: Ended<Reply>): Verdict =>
    planned.expected === 'allowed' ? judgeAllowed(ended) : judgeDenied(planned.probe, ended, controlAllowed);
  const contrary = planned.expected === 'allowed' ? 'denied' : 'allowed';
  const { ended, attempts, milliseconds } = await retry(
    clock,
    (signal) => send(planned.call, signal),
    (so) => clock.now() < settled && (judge(so).outcome === contrary || isNotFoundYet(planned, so)),
  );
  const verdict = judge(ended);
  if ('failure' in ended) {
    return resultOf(planned, roleArn, verdict, { attempts, milliseconds, ...errorParts(ended.failure) });
  }
  const { flaw: _, remedy: __, passes, ...measured } = ended.value;
  const mayPass = passes && verdict.outcome === 'inconclusive' && { passes };
  return resultOf(planned, roleArn, verdict, { attempts, milliseconds, ...measured, ...mayPass });
}

/** True for an error that Bedrock returns for a profile that was just created and is not known everywhere yet. */
function isNotFoundYet({ expected }: PlannedProbe, ended: Ended<Reply>): boolean {
  if (expected === 'denied' || !('failure' in ended)) {
    return false;
  }
  const { name, fullMessage } = ended.failure.error;
  return (
    (name === 'ResourceNotFoundException' && !/guardrail/i.test(fullMessage)) ||
    /model identifier is invalid/i.test(fullMessage)
  );
}
