import type { Place } from './names';

/** The CDK's own default: what tells one bootstrap of an account and Region from another. */
const QUALIFIER = 'hnb659fds';

/** Name of the SSM parameter from which every template reads the version of the bootstrap. */
export const BOOTSTRAP_VERSION = `/cdk-bootstrap/${QUALIFIER}/version`;

/** Name of the bucket that the bootstrap keeps assets in. */
export function assetBucket({ account, region }: Place): string {
  return `cdk-${QUALIFIER}-assets-${account}-${region}`;
}
