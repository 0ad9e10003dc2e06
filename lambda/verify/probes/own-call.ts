import type { Alias, Generation } from '../aliases/alias';
import type { Call } from '../bedrock/call';

/** The call of a generation's profile as the application makes it. */
export function ownCall(
  alias: Alias,
  { modelId, profileArn, vectorLength }: Generation,
  operation: Call['operation'],
): Call {
  return {
    operation,
    target: profileArn,
    modelId,
    // Embedding models take no guardrail, so a call to one that is to be allowed names none.
    ...(operation !== 'InvokeModel' && alias.guardrail !== undefined && { guardrail: alias.guardrail }),
    ...(operation === 'InvokeModel' && vectorLength !== undefined && { vectorLength }),
  };
}
