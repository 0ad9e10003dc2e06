import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Takes the place of the SDK's chain of credential providers in the bundle.
 *
 * A Lambda function has its credentials in environment variables and nowhere else. The chain would add 100 kB and would
 * look in places, such as a profile on the disk, that must not decide whom a verification runs as.
 */
export const defaultProvider = fromEnv;
