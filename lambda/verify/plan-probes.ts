import type { Alias, Generation } from './alias';
import type { Call } from './call';
import type { ProbeName } from './result';

/** A probe that is decided on, not yet made. */
export interface PlannedProbe {
  readonly alias: Alias;
  readonly generation: Generation;
  readonly probe: ProbeName;
  readonly expected: 'allowed' | 'denied';
  readonly call: Call;
}

/** The probes of one application. */
export interface ProbePlan {
  /** Made as the application. */
  readonly allowed: readonly PlannedProbe[];
  /** Made first as the role of the policies alone: only after it passed does a refusal of the same role mean something. */
  readonly control: PlannedProbe;
  /** Made as the role of the policies alone. */
  readonly denied: readonly PlannedProbe[];
}

const OPERATIONS = { text: 'Converse', stream: 'ConverseStream', embed: 'InvokeModel' } as const;

function operationFor(generation: Generation): 'Converse' | 'InvokeModel' {
  return generation.probes.includes('embed') ? 'InvokeModel' : 'Converse';
}

/** Embedding models take no guardrail, so a call to one that is to be allowed names none. */
function allowedCall(operation: Call['operation'], { guardrail }: Alias, { modelId, profileArn }: Generation): Call {
  return {
    operation,
    target: profileArn,
    modelId,
    ...(operation !== 'InvokeModel' && guardrail !== undefined && { guardrail }),
  };
}

/** The profile that the application must not be able to call: that of `neighbour`, or the decoy's chat model. */
function foreignCall(neighbour: Alias | undefined, decoyProfileArn: string): Call {
  return neighbour === undefined
    ? { operation: 'Converse', target: decoyProfileArn, modelId: '' }
    : {
        operation: operationFor(neighbour.served),
        target: neighbour.served.profileArn,
        modelId: neighbour.served.modelId,
      };
}

/**
 * Decides the probes of one application, whose aliases these are.
 *
 * A call that must be denied names the guardrail too, so that only its profile speaks against it.
 */
export function planProbes(
  aliases: readonly [Alias, ...Alias[]],
  neighbour: Alias | undefined,
  decoyProfileArn: string,
): ProbePlan {
  const [first] = aliases;
  const guardrail = aliases.find((alias) => alias.guardrail !== undefined)?.guardrail;
  const allowed = (alias: Alias, generation: Generation, probe: ProbeName, operation: Call['operation']) =>
    ({ alias, generation, probe, expected: 'allowed', call: allowedCall(operation, alias, generation) }) as const;
  const denied = (alias: Alias, generation: Generation, probe: ProbeName, call: Call) => {
    const named = alias.guardrail ?? guardrail;
    return {
      alias,
      generation,
      probe,
      expected: 'denied',
      call: { ...call, ...(named !== undefined && { guardrail: named }) },
    } as const;
  };
  const each = aliases.flatMap((alias) => alias.generations.map((generation) => ({ alias, generation })));
  return {
    allowed: each.flatMap(({ alias, generation }) =>
      [...new Set(generation.probes)].map((probe) => allowed(alias, generation, probe, OPERATIONS[probe])),
    ),
    control: allowed(first, first.served, 'control', operationFor(first.served)),
    denied: [
      denied(first, first.served, 'foreign-profile', foreignCall(neighbour, decoyProfileArn)),
      ...each.flatMap(({ alias, generation }) => {
        const operation = operationFor(generation);
        const { modelId, systemProfileId } = generation;
        return [
          denied(alias, generation, 'bare-model', { operation, target: modelId, modelId }),
          ...(systemProfileId === undefined
            ? []
            : [denied(alias, generation, 'system-profile', { operation, target: systemProfileId, modelId })]),
        ];
      }),
    ],
  };
}
