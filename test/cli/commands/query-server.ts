import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { run } from '../run';

/** Answers a request: a form of AWS's query protocol, or a path and a body of another protocol. */
export type Answer = (form: URLSearchParams, path: string, body: string) => Answered;

interface Answered {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly xml: string;
}

/** Starts a loopback endpoint that speaks the query protocol of CloudFormation and STS. */
async function queryServer(answer: Answer) {
  const actions: string[] = [];
  const regions = new Set<string | undefined>();
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const form = new URLSearchParams(body);
    regions.add(/Credential=[^/]+\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '')?.[1]);
    actions.push([form.get('Action'), form.get('StackName')].filter(Boolean).join(' '));
    const { status = 200, headers = {}, xml } = answer(form, request.url ?? '', body);
    response.writeHead(status, { 'content-type': 'text/xml', ...headers }).end(xml);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Requests in order, such as `DeleteStack arn:…`. */
    actions,
    /** Regions for which requests were signed. */
    regions,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function refusal(status: number, code: string, message: string): { status: number; xml: string } {
  return {
    status,
    xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
  };
}

/** Runs a command line as a user of an account that gives these answers. */
export async function runAgainst(answer: Answer, argv: readonly string[]) {
  const server = await queryServer(answer);
  const before = { ...process.env };
  const variables = { AWS_ENDPOINT_URL: server.url, AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' };
  Object.assign(process.env, variables);
  try {
    return { ...(await run(argv)), actions: server.actions, regions: [...server.regions] };
  } finally {
    process.env = before;
    server.close();
  }
}
