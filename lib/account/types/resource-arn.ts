import { accountArn, regionalArn as arnInRegion } from '../../catalog/arn';
import type { Resource } from '../resource/resource';

type Place = Pick<Resource, 'partition' | 'stack'>;

/** Returns the ARN of a resource in the account and Region of the stack. */
export function regionalArn({ partition, stack }: Place, service: string, rest: string): string {
  return arnInRegion({ partition, region: stack.region, account: stack.accountId }, service, rest);
}

/** Returns the ARN of a resource that belongs to the account but not to a Region. */
export function globalArn({ partition, stack }: Place, service: string, rest: string): string {
  return accountArn({ partition, account: stack.accountId }, service, rest);
}
