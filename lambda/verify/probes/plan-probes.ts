import type { Alias, AllowedProbe, Elsewhere, Generation } from '../../aliases/alias';
import { tierBeside } from '../../aliases/service-tiers';
import type { Call, Exchange } from '../bedrock/call';
import { DENIED_EACH, DENIED_ONCE, type DeniedProbe } from '../result';
import { operationFor, ownCall } from './own-call';

/** A probe that has been planned but not run yet. */
export type PlannedProbe = PlannedCall &
  (
    | { readonly expected: 'allowed'; readonly probe: AllowedProbe | 'control' }
    | { readonly expected: 'denied'; readonly probe: DeniedProbe }
  );

interface PlannedCall {
  readonly alias: Alias;
  readonly generation: Generation;
  readonly call: Call;
  /**
   * True if only the catalog asks for the probe, not the environment file.
   *
   * @default - the file names the probe, or the probe always runs
   */
  readonly byCatalog?: true;
}

/** The probes of one application. */
export interface ProbePlan {
  /** Probes with the application's probe role. */
  readonly allowed: readonly PlannedProbe[];
  /**
   * First probe with the role that has the policies and no boundary. Denials of that role prove something only if this
   * probe succeeds.
   */
  readonly control: PlannedProbe;
  /** Probes with the role that has the policies and no boundary. */
  readonly denied: readonly PlannedProbe[];
}

/** A well-formed profile id that no profile has: ids are random, and this one is not. */
const NO_PROFILE = 'application-inference-profile/000000000000';

const OPERATIONS: Readonly<Record<AllowedProbe, Call['operation']>> = {
  text: 'Converse',
  system: 'Converse',
  turns: 'Converse',
  sampling: 'Converse',
  stream: 'ConverseStream',
  tools: 'Converse',
  image: 'Converse',
  document: 'Converse',
  cache: 'Converse',
  embed: 'InvokeModel',
};

/** Returns the exchange of a probe, or `undefined` for one short text. */
function exchangeOf(probe: AllowedProbe, { sampling, forcedTool, cacheTokens }: Generation): Exchange | undefined {
  switch (probe) {
    case 'system':
    case 'turns':
    case 'image':
    case 'document':
      return { kind: probe };
    case 'sampling':
      return { kind: probe, fields: sampling ?? {} };
    case 'tools':
      return { kind: probe, forced: forcedTool === true };
    case 'cache':
      return { kind: probe, tokens: cacheTokens ?? 1024 };
    case 'text':
    case 'stream':
    case 'embed':
      return undefined;
    default:
      return probe satisfies never;
  }
}

/** Probes that the contract requires whatever the file asks for. */
const ALWAYS: readonly AllowedProbe[] = ['text', 'turns', 'stream', 'embed'];

/**
 * Plans the probes of the application that has these aliases.
 *
 * A call that must be denied names the guardrail too, so that the target is the only reason for a denial.
 */
export function planProbes(
  aliases: readonly [Alias, ...Alias[]],
  neighbour: Alias | undefined,
  decoyProfileArn: string,
): ProbePlan {
  const [first] = aliases;
  const guardrail = aliases.find((alias) => alias.guardrail !== undefined)?.guardrail;
  const each = aliases.flatMap((alias) => alias.generations.map((generation) => ({ alias, generation })));
  const allowed = (alias: Alias, generation: Generation, probe: AllowedProbe): PlannedProbe => {
    const exchange = exchangeOf(probe, generation);
    const byCatalog = !ALWAYS.includes(probe) && alias.asked?.includes(probe) !== true;
    return {
      alias,
      generation,
      probe,
      expected: 'allowed',
      call: { ...ownCall(alias, generation, OPERATIONS[probe]), ...(exchange !== undefined && { exchange }) },
      ...(byCatalog && { byCatalog }),
    };
  };
  const denied = (alias: Alias, generation: Generation, probe: DeniedProbe, call: Call): PlannedProbe => {
    // The guardrail does not exist in another Region, so a call that names it there would be refused for that reason.
    const unnamed = probe === 'no-guardrail' || call.region !== undefined;
    const named = unnamed ? undefined : (alias.guardrail ?? guardrail);
    return {
      alias,
      generation,
      probe,
      expected: 'denied',
      call: { ...call, ...(named !== undefined && { guardrail: named }) },
    };
  };
  const { served } = first;
  // An embedding model that bedrock-mantle does not offer would show nothing about access.
  const { modelId: chatModel } = (aliases.find((alias) => operationFor(alias.served) === 'Converse') ?? first).served;
  const firstCall = { operation: operationFor(served), target: served.profileArn, modelId: served.modelId };
  const once: Readonly<Record<(typeof DENIED_ONCE)[number], Call>> = {
    'foreign-profile': foreignCall(neighbour, decoyProfileArn),
    'missing-profile': {
      ...firstCall,
      target: served.profileArn.replace(/application-inference-profile\/.*$/, NO_PROFILE),
    },
    'bearer-token': { ...firstCall, bearer: true },
    mantle: { operation: 'CreateInference', target: chatModel, modelId: chatModel },
  };
  return {
    allowed: each.flatMap(({ alias, generation }) =>
      [...new Set(generation.probes)].map((probe) => allowed(alias, generation, probe)),
    ),
    control: {
      alias: first,
      generation: served,
      probe: 'control',
      expected: 'allowed',
      call: ownCall(first, served),
    },
    denied: [
      ...DENIED_ONCE.map((probe) => denied(first, served, probe, once[probe])),
      ...each.flatMap(({ alias, generation }) => {
        const calls = waysAround(alias, generation);
        return DENIED_EACH.flatMap((probe) => {
          const call = calls[probe];
          return call === undefined ? [] : [denied(alias, generation, probe, call)];
        });
      }),
    ],
  };
}

/** Returns the call of a profile that the application must not be able to call: that of `neighbour`, or the decoy. */
function foreignCall(neighbour: Alias | undefined, decoyProfileArn: string): Call {
  return neighbour === undefined
    ? { operation: 'Converse', target: decoyProfileArn, modelId: '' }
    : {
        operation: operationFor(neighbour.served),
        target: neighbour.served.profileArn,
        modelId: neighbour.served.modelId,
      };
}

/** Lists the calls of a generation's model around its profile. A call that does not exist is `undefined`. */
function waysAround(
  alias: Alias,
  generation: Generation,
): Readonly<Record<(typeof DENIED_EACH)[number], Call | undefined>> {
  const operation = operationFor(generation);
  const { modelId, profileArn, systemProfileId, destination, outside } = generation;
  const call = (target: string): Call => ({ operation, target, modelId });
  const isChat = operation !== 'InvokeModel';
  const tier = alias.tiers && tierBeside(alias.tiers);
  const elsewhere = ({ region, target }: Elsewhere): Call => ({ operation, target, modelId, region });
  return {
    'bare-model': call(modelId),
    'destination-model': destination && elsewhere(destination),
    'system-profile': systemProfileId === undefined ? undefined : call(systemProfileId),
    'other-region': outside && elsewhere(outside),
    'no-guardrail': isChat && alias.guardrail !== undefined ? call(profileArn) : undefined,
    'other-tier': isChat && tier !== undefined ? { ...call(profileArn), tier } : undefined,
  };
}
