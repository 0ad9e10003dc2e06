import type { Place } from './names';

/** The CDK's default qualifier. It distinguishes several bootstraps of one account and Region. */
const QUALIFIER = 'hnb659fds';

/** Name of the SSM parameter from which every template reads the version of the bootstrap. */
export const BOOTSTRAP_VERSION = `/cdk-bootstrap/${QUALIFIER}/version`;

/** Returns the name of the bucket in which the bootstrap keeps assets. */
export function assetBucket({ account, region }: Place): string {
  return `cdk-${QUALIFIER}-assets-${account}-${region}`;
}

/** Returns patterns of the names that bootstraps of an account have, in any Region and with any qualifier. */
export function anyBootstrap({ account }: Pick<Place, 'account'>) {
  return {
    /** The roles that deploy, publish, look up, and that CloudFormation acts as. */
    roles: `cdk-*-role-${account}-*`,
    assets: `cdk-*-assets-${account}-*`,
  };
}
