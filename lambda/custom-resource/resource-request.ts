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

/**
 * True for an event in the form of a request of CloudFormation. It says nothing about who sent it: anyone who may call
 * the function can write such an event. `answerStack` decides whether to believe it.
 */
export function isResourceRequest(event: unknown): event is ResourceRequest {
  if (typeof event !== 'object' || event === null) {
    return false;
  }
  const request = event as Record<string, unknown>;
  return (
    TYPES.includes(request['RequestType']) &&
    TEXTS.every((key) => typeof request[key] === 'string') &&
    ['undefined', 'string'].includes(typeof request['PhysicalResourceId']) &&
    typeof request['ResourceProperties'] === 'object' &&
    request['ResourceProperties'] !== null
  );
}
