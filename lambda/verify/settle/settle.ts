import { type Clock, PROBE_MILLISECONDS } from '../../../aws/clock';
import { retry } from '../../../aws/retry/retry';
import type { BedrockMetrics } from '../../../aws/services/bedrock-metrics';
import type { Alias, Generation } from '../../aliases/alias';
import { ownCall } from '../probes/own-call';
import type { Fact, ProbeName, ProbeResult, SettledFact } from '../result';
import type { Settings } from '../settings';
import { type Candidate, candidatesOf } from './candidate';
import { byCountedUnder, countedUnder } from './counted-under';
import { type Finding, unsettled } from './finding';
import { systemProfileArn } from './session-policy';
import { settleCacheMetrics } from './settle-cache-metrics';
import { settleCountedOnce } from './settle-counted-once';
import { settleGuardrailCondition } from './settle-guardrail-condition';
import { settleSystemProfileGrant } from './settle-system-profile-grant';
import { type NarrowedDependencies, NO_TIME, type TryNarrowed, tryNarrowed } from './try-narrowed';

interface SettleDependencies extends NarrowedDependencies {
  readonly metrics: BedrockMetrics;
}

interface Question {
  readonly fact: Fact;
  /**
   * One of these probes must have been allowed in the same run: a generation that fails for another reason shows
   * nothing.
   */
  readonly after: readonly ProbeName[];
  /** Possible generations. The first one whose probe was allowed is used. */
  readonly candidates: readonly Candidate[];
  readonly ask: (candidate: Candidate) => Promise<Finding>;
}

/** Probes that show that a profile can be called at all. */
const CALL_PROBES: readonly ProbeName[] = ['text', 'embed'];

/**
 * Settles facts that AWS does not document in the verified account, after the probes of the same run.
 *
 * It makes at most eight calls to Bedrock, in as many sessions, and two calls to CloudWatch. A fact that stays open is
 * not a failure, and no call starts without enough time left in the run.
 *
 * @param aliases the verified aliases
 * @param environment all aliases of the environment, whose calls may be counted together with those of the verified
 * ones
 */
export async function settle(
  settings: Settings,
  aliases: readonly Alias[],
  environment: readonly Alias[],
  probes: readonly ProbeResult[],
  dependencies: SettleDependencies,
): Promise<readonly SettledFact[]> {
  const { metrics, clock } = dependencies;
  const all = candidatesOf(aliases);
  const routed = all.filter(({ generation }) => systemProfileArn(generation) !== undefined);
  const isGlobal = ({ generation }: Candidate): boolean => generation.routing === 'global';
  const byCounts = byCountedUnder(candidatesOf(environment));
  const isAlone = ({ generation }: Candidate): boolean =>
    countedUnder(generation).every((id) => byCounts.get(id)?.length === 1);
  const counted = [...routed, ...all];
  const alone = counted.filter(isAlone);
  const narrowed = ({ alias, generation }: Candidate): TryNarrowed => {
    return tryNarrowed(settings.probeRoleArn(alias.application), ownCall(alias, generation), dependencies);
  };
  const grant = {
    fact: 'system-profile-grant',
    after: CALL_PROBES,
    ask: (one: Candidate) => settleSystemProfileGrant(one.alias, one.generation, narrowed(one)),
  } as const;
  const questions: readonly Question[] = [
    { ...grant, candidates: routed.filter((one) => !isGlobal(one)) },
    { ...grant, candidates: routed.filter(isGlobal) },
    {
      fact: 'guardrail-condition',
      after: ['text'],
      candidates: all.filter(({ alias, generation }) => alias.guardrail && generation.probes.includes('text')),
      ask: (one) => settleGuardrailCondition(one.alias, one.generation, narrowed(one)),
    },
    {
      fact: 'cache-metrics',
      after: ['cache'],
      candidates: all.filter(({ generation }) => generation.probes.includes('cache')),
      ask: ({ generation }) =>
        askCloudWatch(clock, (signal) => metrics.names(shortId(generation), signal), settleCacheMetrics),
    },
    {
      fact: 'counted-once',
      after: CALL_PROBES,
      candidates: alone.length > 0 ? alone : counted,
      ask: async ({ generation }) => {
        const { modelId } = generation;
        if (alone.length === 0) {
          return unsettled(
            `${modelId} is called through ${several(byCounts.get(modelId))}, so its count is the sum of all`,
          );
        }
        const others = countedUnder(generation);
        return askCloudWatch(
          clock,
          (signal) => metrics.invocations([shortId(generation), ...others], signal),
          ([own = new Map(), ...slots]) =>
            settleCountedOnce(own, new Map(others.map((id, i) => [id, slots[i] ?? new Map()]))),
        );
      },
    },
  ];
  return (await Promise.all(questions.map((question) => answer(question, probes)))).flat();
}

/** Returns the answer to a question, or nothing if no generation is concerned. */
async function answer(
  { fact, after, candidates, ask }: Question,
  probes: readonly ProbeResult[],
): Promise<readonly SettledFact[]> {
  const passed = candidates.find((one) => after.some((name) => wasAllowed(probes, one, name)));
  const shown = passed ?? candidates[0];
  if (shown === undefined) {
    return [];
  }
  const { alias, generation } = shown;
  const finding =
    passed === undefined ? unsettled(`the ${after.join(' or ')} probe was not allowed in this run`) : await ask(passed);
  const routing = fact === 'system-profile-grant' && { routing: generation.routing };
  return [{ fact, application: alias.application, alias: alias.alias, ...routing, ...finding }];
}

async function askCloudWatch<T>(
  clock: Clock,
  question: (signal: AbortSignal) => Promise<T>,
  judge: (answer: T) => Finding,
): Promise<Finding> {
  if (clock.timeLeft() < PROBE_MILLISECONDS) {
    return unsettled(NO_TIME);
  }
  const { ended } = await retry(clock, question);
  if ('failure' in ended) {
    const { name, message } = ended.failure.error;
    return unsettled(`CloudWatch did not answer, ${name}: ${message}`);
  }
  return judge(ended.value);
}

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

const MAX_NAMED = 4;

/** Lists the names of candidates in one line. */
function several(candidates: readonly Candidate[] = []): string {
  const names = candidates.map(
    ({ alias: { application, alias }, generation: { generation } }) =>
      `${application}/${alias} (generation ${generation})`,
  );
  const shown = names.slice(0, MAX_NAMED);
  return [...shown, ...(names.length > shown.length ? [`${names.length - shown.length} more`] : [])].join(', ');
}

/** Returns the last part of the profile's ARN, which CloudWatch uses as its id. */
function shortId({ profileArn }: Generation): string {
  return profileArn.slice(profileArn.lastIndexOf('/') + 1);
}
