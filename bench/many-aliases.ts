import { probeSettings } from '../lib/plan/application/probe-settings';
import { planGeneration } from '../lib/plan/parts/generation-plan';
import { converseStreamReply } from '../lib/sandbox/converse/converse-stream-reply';
import { stsReply } from '../lib/sandbox/sts/sts-reply';
import type { Answer } from '../lib/sandbox/transport/exchange';
import { listenOnLoopback } from '../lib/sandbox/transport/listen-on-loopback';
import type { Reply } from '../lib/sandbox/transport/reply';

export interface ManyAliases {
  readonly applications: number;
  readonly aliases: number;
  /** Time until Bedrock answers a call, whether it is allowed or denied. */
  readonly milliseconds: number;
}

const HERE = 'us-east-1:111122223333';
/** Page size of GetParametersByPath, at most ten (SSM API reference, read November 2026). */
const PAGE = 10;
const delay = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const json = (status: number, body: unknown, headers = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** Starts a fake AWS on loopback with more aliases than the accounts in the tests, for one run of the function. */
export async function startManyAliases(account: ManyAliases) {
  const parameters = parametersOf(account);
  const requests = { bedrock: 0, maxConcurrent: 0 };
  let open = 0;
  const answer: Answer = async ({ id, path, headers, body }) => {
    if (headers.get('x-amz-target')?.[0]?.endsWith('GetParametersByPath')) {
      const from = Number(JSON.parse(body.toString()).NextToken ?? 0);
      const NextToken = from + PAGE < parameters.length ? String(from + PAGE) : undefined;
      return json(200, { Parameters: parameters.slice(from, from + PAGE), NextToken });
    }
    if (path === '/') {
      const role = decodeURIComponent(/RoleArn=([^&]+)/.exec(body.toString())?.[1] ?? '');
      return assumed(role.split('/')[1] ?? '', id);
    }
    requests.bedrock += 1;
    open += 1;
    requests.maxConcurrent = Math.max(requests.maxConcurrent, open);
    await delay(account.milliseconds);
    open -= 1;
    const [, application] = /Credential=ASIA(\w+)X\//.exec(headers.get('authorization')?.[0] ?? '') ?? [];
    const target = decodeURIComponent(path.split('/')[2] ?? '');
    return target.includes(`/${application}-`) ? answered(path, body.toString()) : denied(target);
  };
  const { port, close } = await listenOnLoopback(answer, 0);
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

/** Returns the parameters of all aliases. Each alias has a model that supports every probe. */
function parametersOf({ applications, aliases }: ManyAliases) {
  const place = { environment: 'bench', account: '111122223333', region: 'us-east-1', partition: 'aws' };
  const model = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' } as const;
  return Array.from({ length: applications * aliases }, (_, i) => {
    const application = `a${i % applications}`;
    const planned = planGeneration(place, application, `m${i}`, model);
    const served = {
      generation: planned.generation,
      profileArn: `arn:aws:bedrock:${HERE}:application-inference-profile/${application}-${i}`,
      modelId: planned.modelId,
      routing: planned.routing,
      systemProfileId: planned.systemProfileId,
      ...probeSettings(place, planned, undefined),
    };
    const Name = `/bedrock-access/bench/${application}/m${i}`;
    return [
      { Name, Value: served.profileArn },
      { Name: `${Name}.json`, Value: JSON.stringify({ ...served, generations: [served] }) },
    ];
  }).flat();
}

function assumed(application: string, requestId: string): Reply {
  const AccessKeyId = `ASIA${application}X`;
  const Expiration = new Date(Date.now() + 900_000).toISOString();
  // The token is as long as a real one.
  const Credentials = { AccessKeyId, SecretAccessKey: 's'.repeat(40), SessionToken: 't'.repeat(900), Expiration };
  return stsReply('AssumeRole', { Credentials }, requestId);
}

const ANSWER = {
  output: { kind: 'text', text: 'ok' },
  stopReason: 'end_turn',
  usage: { inputTokens: 14, outputTokens: 2, totalTokens: 16 },
  metrics: { latencyMs: 900 },
} as const;

function answered(path: string, request: string): Reply {
  const { output, ...rest } = ANSWER;
  if (request.includes('"toolConfig"') && !request.includes('"toolResult"')) {
    const { name } = JSON.parse(request).toolConfig.tools[0].toolSpec;
    const content = [{ toolUse: { toolUseId: 'tooluse_1', name, input: { city: 'Bern' } } }];
    return json(200, { output: { message: { role: 'assistant', content } }, ...rest, stopReason: 'tool_use' });
  }
  if (request.includes('"cachePoint"')) {
    const usage = { ...rest.usage, cacheReadInputTokens: 1400, cacheWriteInputTokens: 0 };
    return json(200, { output: { message: { role: 'assistant', content: [{ text: output.text }] } }, ...rest, usage });
  }
  return path.endsWith('converse-stream')
    ? converseStreamReply(ANSWER)
    : json(200, { output: { message: { role: 'assistant', content: [{ text: output.text }] } }, ...rest });
}

function denied(target: string): Reply {
  const arn = target.startsWith('arn:') ? target : `arn:aws:bedrock:us-east-1::foundation-model/${target}`;
  const message = `User: arn:aws:sts::111122223333:assumed-role/bench_probe/bedrock-access-verify is not authorized to perform: bedrock:InvokeModel on resource: ${arn} because no identity-based policy allows the bedrock:InvokeModel action`;
  return json(403, { message }, { 'x-amzn-errortype': 'AccessDeniedException' });
}
