import { boundedText } from '../../aws/bounded-text';
import type { Clock } from '../../aws/clock';
import { property } from '../../aws/property';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { stackStatus } from '../../aws/services/stack-status';
import { answerResource, type ResourceAnswer } from '../custom-resource/answer-resource';
import type { ResourceRequest } from '../custom-resource/resource-request';
import { keepLogging } from './logging/keep-logging';
import { loggingCalls } from './logging/logging-calls';
import { keepTags } from './tags/keep-tags';
import { tagCalls } from './tags/tag-calls';

/** Carries out CloudFormation's request for an account-wide setting, and always answers the request. */
export async function answerRequest(request: ResourceRequest, clock: Clock): Promise<ResourceAnswer> {
  const requests = shortCalls();
  const region = process.env['AWS_REGION'] ?? '';
  const cloudFormation = { service: 'cloudformation', region, url: endpointUrl('CLOUDFORMATION'), handler: requests };
  const shared = { stackStatus: stackStatus(signedPost(cloudFormation)), clock, log: console.log };
  const type = property(request, 'ResourceType');
  try {
    const kept =
      type === 'Custom::BedrockAccessInvocationLogging'
        ? await keepLogging(request, { ...shared, region, calls: loggingCalls(region, requests) })
        : type === 'Custom::BedrockAccessCostAllocationTags'
          ? await keepTags(request, { ...shared, calls: tagCalls(region, requests) })
          : unknownType(request, type);
    const { RequestType, StackId } = request;
    console.log(JSON.stringify({ request: RequestType, type, stackId: StackId, ...kept }));
    // CloudFormation shows no reason for a success, so the template returns this text as an output.
    const answer = { ...kept, data: { Found: kept.reason } };
    await answerResource(request, answer, clock);
    return answer;
  } finally {
    requests.destroy();
  }
}

/** Refuses a resource of an unknown type. A deletion succeeds, because this function never created such a resource. */
function unknownType({ RequestType, PhysicalResourceId }: ResourceRequest, type: unknown) {
  return {
    passed: RequestType === 'Delete',
    reason: `this function creates no resource of the type ${boundedText(JSON.stringify(type) ?? 'undefined')}`,
    physicalResourceId: PhysicalResourceId ?? 'unknown',
  };
}
