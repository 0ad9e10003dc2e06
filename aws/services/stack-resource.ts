import { askQuery, element } from './ask-query';
import type { Post } from './post';

/** A resource of a stack as CloudFormation describes it. */
export interface SeenResource {
  readonly type: string;
  /** Status, such as `UPDATE_IN_PROGRESS`. */
  readonly status: string;
  /** Absent until the resource is created. */
  readonly physicalId: string | undefined;
}

/** Describes the resource with this logical id of a stack. */
export type StackResource = (stackId: string, logicalId: string, signal: AbortSignal) => Promise<SeenResource>;

/** Returns a function that reads the description of a resource from CloudFormation. */
export function stackResource(post: Post): StackResource {
  return async (stackId, logicalId, signal) => {
    const form = {
      Action: 'DescribeStackResource',
      Version: '2010-05-15',
      StackName: stackId,
      LogicalResourceId: logicalId,
    };
    const xml = await askQuery(post, form, signal);
    return {
      type: element(xml, 'ResourceType') ?? '',
      status: element(xml, 'ResourceStatus') ?? '',
      physicalId: element(xml, 'PhysicalResourceId') || undefined,
    };
  };
}
