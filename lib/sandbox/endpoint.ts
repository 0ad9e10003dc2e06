import type { AwsError } from './aws-error';
import { serveBedrock } from './bedrock/serve-bedrock';
import type { Serve } from './operation';
import { restError } from './rest-error';
import { serveSsm } from './ssm/serve-ssm';
import { ssmError } from './ssm/ssm-error';
import { serveSts } from './sts/serve-sts';
import { stsError } from './sts/sts-reply';
import type { ReceivedRequest } from './transport/received-request';
import type { Reply } from './transport/reply';

/** One AWS service as clients see it. */
export interface Endpoint {
  /** As credential scopes name it. */
  readonly service: 'bedrock' | 'ssm' | 'sts';
  readonly serve: Serve;
  readonly refuse: (error: AwsError, requestId: string) => Reply;
}

const BEDROCK: Endpoint = { service: 'bedrock', serve: serveBedrock, refuse: restError };
const SSM: Endpoint = { service: 'ssm', serve: serveSsm, refuse: ssmError };
const STS: Endpoint = { service: 'sts', serve: serveSts, refuse: stsError };

/**
 * The service whose endpoint a request means, by its form: AWS tells them apart by host name, and here is one host.
 *
 * The signature must then name the same service.
 */
export function endpointOf({ path, headers }: ReceivedRequest): Endpoint {
  if (path !== '/') {
    return BEDROCK;
  }
  return headers.has('x-amz-target') ? SSM : STS;
}
