/** A request of CloudFormation to a custom resource, with CloudFormation's own field names. */
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

/** True when CloudFormation called the function and waits for an answer at a URL. */
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
 * True for a URL to which a result may be sent: over HTTPS, or over HTTP to the same machine, where the emulated
 * accounts of tests run. A URL with a password is refused, because `fetch` rejects it and repeats all of it in the
 * error message.
 */
function isAnswerable(url: string): boolean {
  const { protocol, hostname, username, password } = new URL(URL.canParse(url) ? url : 'about:blank');
  const safe = protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]'].includes(hostname));
  return safe && username === '' && password === '';
}
