import { bedrockCalls } from '../../../lambda/verify/bedrock/bedrock-calls';
import type { Call } from '../../../lambda/verify/bedrock/call';
import { bedrockClient, modelCalls } from '../../../lambda/verify/bedrock/clients';
import type { PlannedProbe } from '../../../lambda/verify/probes/plan-probes';
import { runProbe } from '../../../lambda/verify/probes/probe';
import type { ProbeResult } from '../../../lambda/verify/result';

/** A probe that runs in its own process, where the SDK meets the real errors of Node.js. */
export interface ProbeOrder {
  readonly url: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly call: Call;
  readonly expected: PlannedProbe['expected'];
  /** Maximum duration of an attempt, in milliseconds. */
  readonly attemptMilliseconds: number;
}

/** A clock that skips the waits between attempts, the only difference from the function in Lambda. */
const instant = {
  now: () => performance.now(),
  sleep: () => Promise.resolve(),
  random: () => 0,
  timeLeft: () => 60_000,
};

async function probe(order: ProbeOrder): Promise<ProbeResult> {
  const { url, credentials, call, expected, attemptMilliseconds } = order;
  const clock = { ...instant, attemptMilliseconds };
  process.env['AWS_ENDPOINT_URL'] = url;
  const requests = modelCalls();
  const client = bedrockClient('us-east-1', credentials, requests, false);
  const generation = { generation: 'g1', profileArn: call.target, modelId: call.modelId, routing: 'us', probes: [] };
  const alias = { application: 'chat', alias: 'main', served: generation, generations: [generation] };
  const session = { send: bedrockCalls(client, clock.now) };
  try {
    const common = { alias, generation, call };
    const planned: PlannedProbe =
      expected === 'allowed' ? { ...common, expected, probe: 'text' } : { ...common, expected, probe: 'bare-model' };
    return await runProbe(planned, { roleArn: 'arn:role', assumed: { value: session } }, clock, true, 0);
  } finally {
    requests.destroy();
  }
}

process.on('message', async ({ id, order }: { readonly id: number; readonly order: ProbeOrder }) => {
  process.send?.({ id, result: await probe(order) });
});
