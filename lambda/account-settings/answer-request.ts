import type { Clock } from '../../aws/clock';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { stackStatus } from '../../aws/services/stack-status';
import type { ResourceAnswer } from '../custom-resource/answer-resource';
import { answerStack, type RefusedRequest } from '../custom-resource/answer-stack';
import type { ResourceRequest } from '../custom-resource/resource-request';
import { keepLogging } from './logging/keep-logging';
import { loggingCalls } from './logging/logging-calls';
import { NOT_SET } from './logging/previous-setting';
import { keepTags } from './tags/keep-tags';
import { tagCalls } from './tags/tag-calls';

const LOGGING = 'Custom::BedrockAccessInvocationLogging';
const COST_TAGS = 'Custom::BedrockAccessCostAllocationTags';

/** Carries out CloudFormation's request for an account-wide setting, and answers the request. */
export async function answerRequest(request: ResourceRequest, clock: Clock): Promise<ResourceAnswer | RefusedRequest> {
  const connections = shortCalls();
  const region = process.env['AWS_REGION'] ?? '';
  const cloudFormation = {
    service: 'cloudformation',
    region,
    url: endpointUrl('CLOUDFORMATION'),
    handler: connections,
  };
  const shared = { stackStatus: stackStatus(signedPost(cloudFormation)), clock, log: console.log };
  const served = { types: [LOGGING, COST_TAGS], idWithoutWork: NOT_SET, clock, connections };
  try {
    return await answerStack(request, served, async (confirmed) => {
      const kept =
        confirmed.ResourceType === LOGGING
          ? await keepLogging(confirmed, { ...shared, region, calls: loggingCalls(region, connections) })
          : await keepTags(confirmed, { ...shared, calls: tagCalls(region, connections) });
      // CloudFormation shows no reason for a success, so the template returns this text as an output.
      return { ...kept, data: { Found: kept.reason } };
    });
  } finally {
    connections.destroy();
  }
}
