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
