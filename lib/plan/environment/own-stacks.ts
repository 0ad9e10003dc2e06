import { regionalArn } from '../../catalog/arn';
import { type Place, stackName } from '../names/names';
import type { Statement } from '../parts/statement';

/** Returns the ARN pattern of a stack of the environment, or of all of them for the name `*`. */
export function ownStacks(place: Place, stack: string): string {
  return regionalArn(place, 'cloudformation', `stack/${stackName(place.environment, stack)}/*`);
}

/**
 * Lets a function ask CloudFormation whether a request for a custom resource comes from one of these stacks, and whether
 * the stack rolls back.
 */
export function readOwnStacks(stacks: string): Statement {
  return {
    Sid: 'ReadOwnStacks',
    Effect: 'Allow',
    Action: ['cloudformation:DescribeStacks', 'cloudformation:DescribeStackResource'],
    Resource: [stacks],
  };
}
