import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { bedrockCalls } from '../../../lambda/verify/bedrock/bedrock-calls';
import type { Call, Reply } from '../../../lambda/verify/bedrock/call';
import { CLIENTS, settings } from '../../sandbox/clients';

/** A request to Bedrock as its body holds it, in which bytes are base64. */
export type BedrockRequest = Pick<ConverseCommandInput, 'messages' | 'system' | 'toolConfig' | 'inferenceConfig'>;

/** An answer: the body of Converse or InvokeModel, the frames of ConverseStream, or an error. */
export type BedrockAnswer =
  | { readonly json: unknown }
  | { readonly frames: readonly Uint8Array[] }
  | { readonly status: number; readonly error: string; readonly message: string };

/** A loopback server in place of Bedrock that gives the answers of a test, through the real SDK. */
interface ScriptedBedrock {
  /** Every request since the last test, in order. */
  readonly requests: BedrockRequest[];
  /** Returns the answer to a request. `nth` counts from 0 within a test. */
  answer: (request: BedrockRequest, nth: number) => BedrockAnswer;
  /** Makes one call of the verification function. */
  send(call: Partial<Call>, signal?: AbortSignal): Promise<Reply>;
}

const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };

export function scriptedBedrock(): ScriptedBedrock {
  const requests: BedrockRequest[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as BedrockRequest;
    const answer = scripted.answer(body, requests.push(body) - 1);
    response.setHeader('x-amzn-requestid', `r-${requests.length}`);
    if ('json' in answer) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
    } else if ('frames' in answer) {
      response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
      response.end(Buffer.concat(answer.frames));
    } else {
      const { status, error, message } = answer;
      response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': error });
      response.end(JSON.stringify({ message }));
    }
  });
  let client: ReturnType<typeof CLIENTS.runtime1>;
  const scripted: ScriptedBedrock = {
    requests,
    answer: () => ({ json: {} }),
    send: (call, signal = new AbortController().signal) =>
      bedrockCalls(client, () => 7)({ operation: 'Converse', target: 'profile', modelId: '', ...call }, signal),
  };
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = CLIENTS.runtime1(settings(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, KEYS));
  });
  beforeEach(() => void requests.splice(0));
  afterAll(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return scripted;
}
