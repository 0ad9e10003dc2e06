import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Replaces the SDK's chain of credential providers in the bundle.
 *
 * A Lambda function has its credentials in environment variables only. The chain would add 100 kB, and would search
 * other places, such as a profile on the disk, that must not decide which principal a verification runs as.
 */
export const defaultProvider = fromEnv;
