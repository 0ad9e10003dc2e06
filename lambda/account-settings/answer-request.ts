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

/** Does what CloudFormation asks of an account-wide setting, and answers it whatever comes of it. */
export async function answerRequest(request: ResourceRequest, clock: Clock): Promise<ResourceAnswer> {
  const requests = shortCalls();
  const region = process.env['AWS_REGION'] ?? '';
  const cloudFormation = { service: 'cloudformation', region, url: endpointUrl('CLOUDFORMATION'), handler: requests };
  const around = { stackStatus: stackStatus(signedPost(cloudFormation)), clock, log: console.log };
  const type = property(request, 'ResourceType');
  try {
    const kept =
      type === 'Custom::BedrockAccessInvocationLogging'
        ? await keepLogging(request, { ...around, region, calls: loggingCalls(region, requests) })
        : type === 'Custom::BedrockAccessCostAllocationTags'
          ? await keepTags(request, { ...around, calls: tagCalls(region, requests) })
          : unknownType(request, type);
    const { RequestType, StackId } = request;
    console.log(JSON.stringify({ request: RequestType, type, stackId: StackId, ...kept }));
    // Of what succeeds CloudFormation shows no reason: the template makes an output of it.
    const answer = { ...kept, data: { Found: kept.reason } };
    await answerResource(request, answer, clock);
    return answer;
  } finally {
    requests.destroy();
  }
}

/** A deletion passes: whatever it is, this function made nothing of it. */
function unknownType({ RequestType, PhysicalResourceId }: ResourceRequest, type: unknown) {
  return {
    passed: RequestType === 'Delete',
    reason: `this function makes no resource of the type ${boundedText(JSON.stringify(type) ?? 'undefined')}`,
    physicalResourceId: PhysicalResourceId ?? 'unknown',
  };
}
