/** The partition, Region and account that an ARN names. With `*` for one of them the ARN is a pattern. */
export interface ArnPlace {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Builds the ARN of a resource in one Region of an account. */
export function regionalArn({ partition, region, account }: ArnPlace, service: string, resource: string): string {
  return `arn:${partition}:${service}:${region}:${account}:${resource}`;
}

/** Builds the ARN of a resource that an account has once, for all its Regions, such as a role or a budget. */
export function accountArn(
  { partition, account }: Pick<ArnPlace, 'partition' | 'account'>,
  service: string,
  resource: string,
): string {
  return regionalArn({ partition, region: '', account }, service, resource);
}

/** Builds the ARN of a resource that names no account, such as a bucket. */
export function arnWithoutAccount(partition: string, service: string, resource: string): string {
  return accountArn({ partition, account: '' }, service, resource);
}
