import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type DescribedResource, describedResource } from '../custom-resource/described-resource';

/** An error that the account returns instead of the answer to a call. */
export type Refusal =
  | { readonly status: number; readonly type: string; readonly message: string }
  | 'reset'
  | 'silence';

/** An answer that CloudFormation received. */
export interface ReceivedAnswer {
  readonly Status: string;
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

type Setting = Readonly<Record<string, unknown>>;

/**
 * An emulated account on the loopback interface that behaves as AWS documents it. It has one setting for invocation
 * logging in its Region, which a put replaces as a whole; cost allocation tags, which exist once AWS Billing has seen
 * their keys; a stack; and an address where CloudFormation receives answers.
 */
export class AccountServer {
  /** The setting of the Region. If there is none, Bedrock returns an empty object. */
  setting: Setting | undefined;
  /** Status of each key that AWS Billing has seen. */
  readonly tags = new Map<string, 'Active' | 'Inactive'>();
  /** Keys that AWS Billing still knows at activation, if a test removes some. */
  tagsAtUpdate: readonly string[] | undefined;
  stackStatus = 'CREATE_IN_PROGRESS';
  /** The resource that CloudFormation describes. If there is none, it says so. */
  resource: DescribedResource | undefined;
  /** Every call with its body, except those that confirm a request, and the answers to CloudFormation. */
  readonly calls: { readonly operation: string; readonly body: unknown }[] = [];
  readonly received: ReceivedAnswer[] = [];
  /** Errors of operations, and how many times they occur. */
  readonly refuse = new Map<string, { readonly refusal: Refusal; times: number }>();
  /** Maximum number of tags in one page. */
  pageSize = 100;
  private readonly server = createServer((request, response) => void this.answer(request, response));

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  reset(): void {
    this.setting = undefined;
    this.tagsAtUpdate = undefined;
    this.stackStatus = 'CREATE_IN_PROGRESS';
    this.resource = undefined;
    this.pageSize = 100;
    for (const kept of [this.tags, this.refuse]) {
      kept.clear();
    }
    this.calls.length = 0;
    this.received.length = 0;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Names of the operations called, in order. */
  get operations(): readonly string[] {
    return this.calls.map(({ operation }) => operation);
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await text(request);
    if (request.url?.startsWith('/answer')) {
      this.received.push(JSON.parse(sent));
      response.end();
      return;
    }
    const operation = operationOf(request, sent);
    const body: unknown = sent.startsWith('{') ? JSON.parse(sent) : sent;
    if (operation !== 'DescribeStackResource') {
      this.calls.push({ operation, body });
    }
    const refused = this.refuse.get(operation);
    const refusal = refused === undefined || refused.times-- <= 0 ? undefined : refused.refusal;
    if (refusal === 'silence') {
      return;
    }
    if (refusal === 'reset') {
      request.socket.destroy();
    } else if (refusal !== undefined) {
      const { status, type, message } = refusal;
      const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
      response.writeHead(status, headers).end(JSON.stringify({ __type: type, message }));
    } else if (operation === 'DescribeStackResource') {
      const { status, body: xml } = describedResource(this.resource);
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    } else if (operation === 'DescribeStacks') {
      response
        .writeHead(200, { 'content-type': 'text/xml' })
        .end(`<x><StackStatus>${this.stackStatus}</StackStatus></x>`);
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(this.done(operation, body)));
    }
  }

  private done(operation: string, body: unknown): unknown {
    switch (operation) {
      case 'GetModelInvocationLoggingConfiguration':
        return this.setting === undefined ? {} : { loggingConfig: this.setting };
      case 'PutModelInvocationLoggingConfiguration':
        this.setting = (body as { readonly loggingConfig: Setting }).loggingConfig;
        return {};
      case 'DeleteModelInvocationLoggingConfiguration':
        this.setting = undefined;
        return {};
      case 'ListCostAllocationTags':
        return this.list(body as { readonly TagKeys: readonly string[]; readonly NextToken?: string });
      case 'UpdateCostAllocationTagsStatus':
        return this.update(body as TagStatuses);
      default:
        throw new Error(`the account does not support ${operation}`);
    }
  }

  private list({ TagKeys, NextToken }: { readonly TagKeys: readonly string[]; readonly NextToken?: string }) {
    const from = Number(NextToken ?? 0);
    const found = [...this.tags].filter(([key]) => TagKeys.includes(key));
    const CostAllocationTags = found
      .slice(from, from + this.pageSize)
      .map(([TagKey, Status]) => ({ TagKey, Type: 'UserDefined', Status }));
    const next = from + this.pageSize;
    return { CostAllocationTags, ...(next < found.length && { NextToken: String(next) }) };
  }

  /** Refuses each key that AWS Billing does not know, and sets the others. */
  private update({ CostAllocationTagsStatus }: TagStatuses) {
    const known = this.tagsAtUpdate ?? [...this.tags.keys()];
    const Errors = CostAllocationTagsStatus.filter(({ TagKey }) => !known.includes(TagKey)).map(({ TagKey }) => ({
      TagKey,
      Code: 'TagKeysNotFoundException',
      Message: 'Tag keys not found',
    }));
    for (const { TagKey, Status } of CostAllocationTagsStatus) {
      if (known.includes(TagKey)) {
        this.tags.set(TagKey, Status);
      }
    }
    return { Errors };
  }
}

interface TagStatuses {
  readonly CostAllocationTagsStatus: readonly { readonly TagKey: string; readonly Status: 'Active' | 'Inactive' }[];
}

/**
 * Reads the operation of a request. Depending on the protocol it is in the path and the method, in a header or in a
 * form.
 */
function operationOf({ method, url, headers }: IncomingMessage, sent: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    return target.split('.').at(-1) ?? target;
  }
  const logging: Readonly<Record<string, string>> = { GET: 'Get', PUT: 'Put', DELETE: 'Delete' };
  return url === '/logging/modelinvocations'
    ? `${logging[method ?? '']}ModelInvocationLoggingConfiguration`
    : (new URLSearchParams(sent).get('Action') ?? `${method} ${url}`);
}
