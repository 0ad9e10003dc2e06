import type { Alias, Generation } from '../../aliases/alias';
import type { Call } from '../bedrock/call';

/** The operation that calls a generation's model at all. */
export function operationFor({ probes }: Generation): 'Converse' | 'InvokeModel' {
  return probes.includes('embed') ? 'InvokeModel' : 'Converse';
}

/** The call of a generation's profile as the application makes it. */
export function ownCall(
  alias: Alias,
  generation: Generation,
  operation: Call['operation'] = operationFor(generation),
): Call {
  const { modelId, profileArn, vectorLength } = generation;
  return {
    operation,
    target: profileArn,
    modelId,
    // Embedding models take no guardrail, so a call to one that is to be allowed names none.
    ...(operation !== 'InvokeModel' && alias.guardrail !== undefined && { guardrail: alias.guardrail }),
    ...(operation === 'InvokeModel' && vectorLength !== undefined && { vectorLength }),
  };
}
