import type { Alias, Generation } from '../../aliases/alias';
import type { Call } from '../bedrock/call';

/** Returns the operation by which a generation's model is called. */
export function operationFor({ probes }: Generation): 'Converse' | 'InvokeModel' {
  return probes.includes('embed') ? 'InvokeModel' : 'Converse';
}

/** Returns the call of a generation's profile in the form in which the application makes it. */
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
    // Embedding models do not support guardrails, so a call of one that must be allowed names none.
    ...(operation !== 'InvokeModel' && alias.guardrail !== undefined && { guardrail: alias.guardrail }),
    ...(operation === 'InvokeModel' && vectorLength !== undefined && { vectorLength }),
  };
}
