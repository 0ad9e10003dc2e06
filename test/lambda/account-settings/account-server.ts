import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What an account answers instead of doing what it was asked. */
export type Refusal =
  | { readonly status: number; readonly type: string; readonly message: string }
  | 'reset'
  | 'silence';

/** What CloudFormation was told. */
export interface Told {
  readonly Status: string;
  readonly Reason: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

type Setting = Readonly<Record<string, unknown>>;

/**
 * An account on the loopback as AWS documents it: one setting for invocation logging a Region, which a put replaces as a
 * whole; cost allocation tags that exist once billing has seen their keys; a stack; and where CloudFormation waits.
 */
export class AccountServer {
  /** The setting of the Region; Bedrock answers an empty object where there is none. */
  setting: Setting | undefined;
  /** Of keys that billing has seen, whether they are active. */
  readonly tags = new Map<string, 'Active' | 'Inactive'>();
  /** The keys that billing still knows when they are activated, where that is not all of them. */
  tagsAtUpdate: readonly string[] | undefined;
  stackStatus = 'CREATE_IN_PROGRESS';
  /** Every call, with what it carried, but for the answers. */
  readonly calls: { readonly operation: string; readonly body: unknown }[] = [];
  readonly told: Told[] = [];
  /** How an operation is refused, and how many times. */
  readonly refuse = new Map<string, { readonly refusal: Refusal; times: number }>();
  /** The most tags that one answer lists. */
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
    this.pageSize = 100;
    for (const kept of [this.tags, this.refuse]) {
      kept.clear();
    }
    this.calls.length = 0;
    this.told.length = 0;
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
      this.told.push(JSON.parse(sent));
      response.end();
      return;
    }
    const operation = operationOf(request, sent);
    const body: unknown = sent.startsWith('{') ? JSON.parse(sent) : sent;
    this.calls.push({ operation, body });
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
        throw new Error(`nobody answers ${operation}`);
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

  /** Keys that billing does not know are refused one by one, the others are set. */
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

/** As each protocol says it: a path and a method, a header, or a form. */
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
