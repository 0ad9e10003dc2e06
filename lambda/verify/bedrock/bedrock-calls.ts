import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { Send } from './call';
import { askWith } from './converse';
import { converseExchange } from './converse-exchange';
import { converseStream } from './converse-stream';
import { invokeEmbedding } from './invoke-embedding';

/** Returns a function that makes the calls of probes with `client`. */
export function bedrockCalls(client: BedrockRuntimeClient, now: () => number): Send {
  return (call, signal) => {
    switch (call.operation) {
      case 'Converse':
        return converseExchange(askWith(client, call, signal), call.exchange);
      case 'ConverseStream':
        return converseStream(client, call, signal, now);
      case 'InvokeModel':
        return invokeEmbedding(client, call, signal);
      case 'CreateInference':
        throw new Error('bedrock-mantle is a separate endpoint: see create-inference.ts');
    }
  };
}
