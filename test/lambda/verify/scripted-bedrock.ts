import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { bedrockCalls } from '../../../lambda/verify/bedrock/bedrock-calls';
import type { Call, Reply } from '../../../lambda/verify/bedrock/call';
import { CLIENTS, settings } from '../../sandbox/clients';

/** What Bedrock is asked, as it stands in the body; bytes are base64. */
export type Asked = Pick<ConverseCommandInput, 'messages' | 'system' | 'toolConfig' | 'inferenceConfig'>;

/** An answer: of Converse or InvokeModel, the frames of ConverseStream, or an error. */
export type Answered =
  | { readonly json: unknown }
  | { readonly frames: readonly Uint8Array[] }
  | { readonly status: number; readonly error: string; readonly message: string };

/** A loopback server in place of Bedrock that answers what a test says, through the real SDK. */
interface ScriptedBedrock {
  /** Every request since the last test, in order. */
  readonly asked: Asked[];
  /** Says what a request is answered; `nth` counts from 0 within a test. */
  answer: (asked: Asked, nth: number) => Answered;
  /** Makes one call of the verification function. */
  send(call: Partial<Call>, signal?: AbortSignal): Promise<Reply>;
}

const KEYS = { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' };

export function scriptedBedrock(): ScriptedBedrock {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Asked;
    const answer = scripted.answer(body, asked.push(body) - 1);
    response.setHeader('x-amzn-requestid', `r-${asked.length}`);
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
    asked,
    answer: () => ({ json: {} }),
    send: (call, signal = new AbortController().signal) =>
      bedrockCalls(client, () => 7)({ operation: 'Converse', target: 'profile', modelId: '', ...call }, signal),
  };
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = CLIENTS.runtime1(settings(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, KEYS));
  });
  beforeEach(() => void asked.splice(0));
  afterAll(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return scripted;
}
