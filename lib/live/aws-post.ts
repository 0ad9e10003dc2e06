import { endpointUrl } from '../../aws/services/endpoint-url';
import type { Post } from '../../aws/services/post';
import { postSignedBy } from '../../aws/services/post-signed-by';

/** A service that is asked without a client of its own. */
export interface AskedService {
  /** Of the host name and the signature, such as `ce`. */
  readonly service: string;
  /** As `AWS_ENDPOINT_URL_…` calls it, such as `COST_EXPLORER`. */
  readonly endpoint: string;
  readonly region: string;
}

/**
 * Requests to a service, signed with the credentials that the AWS SDK finds on this machine.
 *
 * For services of which a command needs one or two operations: a client for each would be a dependency for everybody.
 */
export function awsPost({ service, endpoint, region }: AskedService): Post {
  const { STSClient } = require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  const { credentials, requestHandler: handler } = new STSClient({ region }).config;
  return postSignedBy(credentials, { service, region, url: endpointUrl(endpoint), handler });
}
