import type { Served } from '../aliases/served-aliases';
import { boundedText } from '../bounded-text';

/** What CloudFormation asks of a custom resource, in its own names. */
export interface ResourceRequest {
  readonly RequestType: 'Create' | 'Update' | 'Delete';
  readonly ResponseURL: string;
  readonly StackId: string;
  readonly RequestId: string;
  readonly LogicalResourceId: string;
  /** Absent when the resource is created. */
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
}

/** What the gate of an application's stack is asked to judge. */
export interface GateOrder {
  readonly application: string;
  readonly aliases: Served;
  /** Whether access that does not work fails the deployment. */
  readonly onFailure: 'fail' | 'warn';
}

const TYPES: readonly unknown[] = ['Create', 'Update', 'Delete'] satisfies ResourceRequest['RequestType'][];
const TEXTS = ['ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'] as const;

/** Whether CloudFormation called the function, and so waits for an answer at a URL. */
export function isResourceRequest(event: unknown): event is ResourceRequest {
  if (typeof event !== 'object' || event === null) {
    return false;
  }
  const request = event as Record<string, unknown>;
  return (
    TYPES.includes(request['RequestType']) &&
    TEXTS.every((key) => typeof request[key] === 'string') &&
    typeof request['ResourceProperties'] === 'object' &&
    request['ResourceProperties'] !== null &&
    isAnswerable(String(request['ResponseURL']))
  );
}

/**
 * Results leave encrypted, or not at all; a test's account is on the same machine. With a password in it `fetch` refuses
 * a URL, and repeats the whole of it in its message.
 */
function isAnswerable(url: string): boolean {
  const { protocol, hostname, username, password } = new URL(URL.canParse(url) ? url : 'about:blank');
  const safe = protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname));
  return safe && username === '' && password === '';
}

/** Reads the properties of the gate; throws an error that names the one that is wrong. */
export function parseGateOrder({ ResourceProperties }: ResourceRequest): GateOrder {
  const { Application: application, Aliases: aliases, OnFailure: onFailure } = ResourceProperties;
  if (typeof application !== 'string' || application === '') {
    throw new Error(`the gate has the Application ${boundedText(JSON.stringify(application) ?? 'undefined')}`);
  }
  if (!isServed(aliases)) {
    throw new Error(`the gate has the Aliases ${boundedText(JSON.stringify(aliases) ?? 'undefined')}`);
  }
  if (onFailure !== 'fail' && onFailure !== 'warn') {
    const found = boundedText(JSON.stringify(onFailure) ?? 'undefined');
    throw new Error(`the gate has OnFailure ${found}; allowed: 'fail', 'warn'`);
  }
  return { application, aliases, onFailure };
}

function isServed(value: unknown): value is Served {
  const arns = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.values(value) : [];
  return arns.length > 0 && arns.every((arn) => typeof arn === 'string');
}
