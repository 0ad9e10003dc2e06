/** A resource of a stack, as a test lets CloudFormation describe it. */
export interface DescribedResource {
  readonly type: string;
  readonly status: string;
  readonly physicalId?: string | undefined;
}

/** Returns CloudFormation's answer to DescribeStackResource. */
export function describedResource(resource: DescribedResource | undefined): {
  readonly status: number;
  readonly body: string;
} {
  if (resource === undefined) {
    const message = 'Resource does not exist for stack';
    return {
      status: 400,
      body: `<ErrorResponse><Error><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
    };
  }
  const { type, status, physicalId } = resource;
  const id = physicalId === undefined ? '' : `<PhysicalResourceId>${physicalId}</PhysicalResourceId>`;
  const detail = `<ResourceStatus>${status}</ResourceStatus>${id}<ResourceType>${type}</ResourceType>`;
  return {
    status: 200,
    body: `<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>${detail}</StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`,
  };
}

/** Returns the resource that CloudFormation describes while it waits for the answer to a request. */
export function waitingFor(
  { RequestType, PhysicalResourceId }: { readonly RequestType: string; readonly PhysicalResourceId?: string },
  type: string,
): DescribedResource {
  return { type, status: `${RequestType.toUpperCase()}_IN_PROGRESS`, physicalId: PhysicalResourceId };
}
