import { endpointUrl } from '../../aws/services/endpoint-url';
import type { Post } from '../../aws/services/post';
import { postSignedBy } from '../../aws/services/post-signed-by';

/** A service of AWS in one Region, for which no SDK client is installed. */
export interface AwsEndpoint {
  /** Name of the service in its host name and in signatures, such as `ce`. */
  readonly service: string;
  /** Name of the service in the variable `AWS_ENDPOINT_URL_…`, such as `COST_EXPLORER`. */
  readonly endpoint: string;
  readonly region: string;
}

/**
 * Returns a function that posts requests to a service, signed with the credentials that the AWS SDK finds on this
 * machine.
 *
 * It is for services of which a command needs only one or two operations. An SDK client for each of them would be one
 * more dependency for every user of this package.
 */
export function awsPost({ service, endpoint, region }: AwsEndpoint): Post {
  const { STSClient } = require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  const { credentials, requestHandler: handler } = new STSClient({ region }).config;
  return postSignedBy(credentials, { service, region, url: endpointUrl(endpoint), handler });
}
