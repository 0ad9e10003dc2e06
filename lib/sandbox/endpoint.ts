import type { AwsError } from './aws-error';
import { serveBedrock } from './bedrock/serve-bedrock';
import { mantleError } from './mantle/mantle-error';
import { serveMantle } from './mantle/serve-mantle';
import type { Serve } from './operation';
import { serveSsm } from './ssm/serve-ssm';
import { ssmError } from './ssm/ssm-error';
import { serveSts } from './sts/serve-sts';
import { stsError } from './sts/sts-reply';
import type { ReceivedRequest } from './transport/received-request';
import type { Reply } from './transport/reply';
import { restError } from './transport/rest-error';

/** One AWS service as clients see it. */
export interface Endpoint {
  /** Service name in the credential scope of a signature. */
  readonly service: 'bedrock' | 'bedrock-mantle' | 'ssm' | 'sts';
  /** True when it answers in every Region of the catalog and accepts API keys, not only in the account's Region. */
  readonly everyRegion: boolean;
  readonly serve: Serve;
  readonly refuse: (error: AwsError, requestId: string) => Reply;
}

const BEDROCK: Endpoint = { service: 'bedrock', everyRegion: true, serve: serveBedrock, refuse: restError };
const MANTLE: Endpoint = { service: 'bedrock-mantle', everyRegion: true, serve: serveMantle, refuse: mantleError };
const SSM: Endpoint = { service: 'ssm', everyRegion: false, serve: serveSsm, refuse: ssmError };
const STS: Endpoint = { service: 'sts', everyRegion: false, serve: serveSts, refuse: stsError };

/**
 * Selects the service for a request by the request's path and headers.
 *
 * AWS tells services apart by host name, but the sandbox has one host. The signature must name the same service.
 */
export function selectEndpoint({ path, headers }: ReceivedRequest): Endpoint {
  if (path !== '/') {
    return path.startsWith('/v1/') ? MANTLE : BEDROCK;
  }
  return headers.has('x-amz-target') ? SSM : STS;
}
