import type { Resource } from '../resource/resource';

type Place = Pick<Resource, 'partition' | 'stack'>;

/** ARN of something in the Region of the resource's stack. */
export function regionalArn({ partition, stack }: Place, service: string, rest: string): string {
  return `arn:${partition}:${service}:${stack.region}:${stack.accountId}:${rest}`;
}

/** ARN of something that belongs to the account and to no Region. */
export function globalArn({ partition, stack }: Place, service: string, rest: string): string {
  return `arn:${partition}:${service}::${stack.accountId}:${rest}`;
}
