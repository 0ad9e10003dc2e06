import type { Alias, Generation } from './alias';
import type { BedrockMetrics } from './bedrock-metrics';
import { PROBE_MILLISECONDS } from './clock';
import { type Finding, open } from './finding';
import { ownCall } from './own-call';
import type { Fact, ProbeName, ProbeResult, SettledFact } from './result';
import { retry } from './retry';
import type { Settings } from './settings';
import { settleCacheMetrics } from './settle-cache-metrics';
import { settleCountedOnce } from './settle-counted-once';
import { settleGuardrailCondition } from './settle-guardrail-condition';
import { settleSystemProfileGrant } from './settle-system-profile-grant';
import { type NarrowedDependencies, NO_TIME, type TryNarrowed, tryNarrowed } from './try-narrowed';

interface SettleDependencies extends NarrowedDependencies {
  readonly metrics: BedrockMetrics;
}

/** One generation that may show a fact. */
interface Candidate {
  readonly alias: Alias;
  readonly generation: Generation;
}

type Settle = (candidate: Candidate) => Promise<Finding>;

/**
 * Asks the account what AWS does not document, after the probes of the same run.
 *
 * Each fact is tried with the first generation that may show it and whose own probe was allowed: what is refused for
 * another reason shows nothing. At most seven calls to Bedrock and as many sessions, and two questions to CloudWatch.
 * A fact that stays open is no failure, and nothing is begun that may make the run late.
 */
export async function settle(
  settings: Settings,
  aliases: readonly Alias[],
  probes: readonly ProbeResult[],
  dependencies: SettleDependencies,
): Promise<readonly SettledFact[]> {
  const { metrics, clock } = dependencies;
  const all = aliases.flatMap((alias) => alias.generations.map((generation) => ({ alias, generation })));
  const narrowed = ({ alias, generation }: Candidate): TryNarrowed => {
    const operation = generation.probes.includes('embed') ? 'InvokeModel' : 'Converse';
    const call = ownCall(alias, generation, operation);
    return tryNarrowed(settings.probeRoleArn(alias.application), call, dependencies);
  };
  const asked = async <T>(
    question: (signal: AbortSignal) => Promise<T>,
    answer: (said: T) => Finding,
  ): Promise<Finding> => {
    if (clock.timeLeft() < PROBE_MILLISECONDS) {
      return open(NO_TIME);
    }
    const { ended } = await retry(clock, question);
    if ('failure' in ended) {
      const { name, message } = ended.failure.error;
      return open(`CloudWatch did not say, ${name}: ${message}`);
    }
    return answer(ended.value);
  };
  const settleWith = async (
    fact: Fact,
    probe: readonly ProbeName[],
    candidates: readonly Candidate[],
    how: Settle,
  ): Promise<readonly SettledFact[]> => {
    const passed = candidates.find((candidate) => probe.some((name) => wasAllowed(probes, candidate, name)));
    const shown = passed ?? candidates[0];
    if (shown === undefined) {
      return [];
    }
    const { alias, generation } = shown;
    const finding =
      passed === undefined ? open(`its ${probe.join(' or ')} probe was not allowed in this run`) : await how(passed);
    const routing = fact === 'system-profile-grant' && { routing: generation.routing };
    return [{ fact, application: alias.application, alias: alias.alias, ...routing, ...finding }];
  };
  const over = (fits: (routing: string) => boolean): readonly Candidate[] =>
    all.filter(({ generation: { routing, systemProfileId } }) => systemProfileId !== undefined && fits(routing));
  const geographic = over((routing) => routing !== 'regional' && routing !== 'global');
  const global = over((routing) => routing === 'global');
  const grant: Settle = (candidate) =>
    settleSystemProfileGrant(candidate.alias, candidate.generation, narrowed(candidate));

  const settled = await Promise.all([
    settleWith('system-profile-grant', CALLED, geographic, grant),
    settleWith('system-profile-grant', CALLED, global, grant),
    settleWith(
      'guardrail-condition',
      ['text'],
      all.filter(({ alias, generation }) => alias.guardrail !== undefined && generation.probes.includes('text')),
      (candidate) => settleGuardrailCondition(candidate.alias, candidate.generation, narrowed(candidate)),
    ),
    settleWith(
      'cache-metrics',
      ['cache'],
      all.filter(({ generation }) => generation.probes.includes('cache')),
      ({ generation }) => asked((signal) => metrics.names(shortId(generation), signal), settleCacheMetrics),
    ),
    settleWith('counted-once', CALLED, [...geographic, ...global, ...all], ({ generation }) => {
      const { modelId, systemProfileId, routing } = generation;
      const others = [modelId, ...(systemProfileId === undefined || routing === 'regional' ? [] : [systemProfileId])];
      return asked(
        (signal) => metrics.invocations([shortId(generation), ...others], signal),
        ([own = new Map(), ...counted]) =>
          settleCountedOnce(own, new Map(others.map((id, i) => [id, counted[i] ?? new Map()]))),
      );
    }),
  ]);
  return settled.flat();
}

/** The probes that show that a profile can be called at all. */
const CALLED: readonly ProbeName[] = ['text', 'embed'];

function wasAllowed(probes: readonly ProbeResult[], { alias, generation }: Candidate, name: ProbeName): boolean {
  return probes.some(
    ({ application, alias: called, generation: of, probe, outcome }) =>
      application === alias.application &&
      called === alias.alias &&
      of === generation.generation &&
      probe === name &&
      outcome === 'allowed',
  );
}

/** The last part of the profile's ARN, by which CloudWatch knows it. */
function shortId({ profileArn }: Generation): string {
  return profileArn.slice(profileArn.lastIndexOf('/') + 1);
}
