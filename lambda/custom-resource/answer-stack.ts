import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { boundedText } from '../../aws/bounded-text';
import { type Clock, RESERVED_MILLISECONDS } from '../../aws/clock';
import { messageOf } from '../../aws/errors/message-of';
import { withinTime } from '../../aws/retry/within-time';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { signedPost } from '../../aws/services/signed-post';
import { stackResource } from '../../aws/services/stack-resource';
import { requiredVariable } from '../variables/required-variable';
import { answerResource, type ResourceAnswer } from './answer-resource';
import { type ConfirmedRequest, confirmRequest } from './confirm-request';
import { refusedStack } from './own-stack';
import type { ResourceRequest } from './resource-request';
import { refusedUrl } from './response-url';

/** The custom resources that a function serves. */
export interface ServedResources {
  readonly types: readonly string[];
  /** Physical id of a resource for which the function did nothing. */
  readonly idWithoutWork: string;
  readonly clock: Clock;
  readonly connections: NodeHttpHandler;
}

/** A request that was not believed, with the reason. */
export interface RefusedRequest {
  readonly refused: string;
}

/**
 * Does `work` for a request that CloudFormation confirms, and answers CloudFormation.
 *
 * Anyone who may call the function can write an event that looks like a request. So nothing is done for one unless it
 * names a stack of this environment and CloudFormation itself waits for that answer. A request with another stack or
 * another address for the answer is not answered at all. Any other request is always answered, also when CloudFormation
 * could not be asked or the time runs out, because a stack would wait for it. What is refused is one line in the log.
 */
export async function answerStack(
  request: ResourceRequest,
  { types, idWithoutWork, clock, connections }: ServedResources,
  work: (request: ConfirmedRequest) => Promise<ResourceAnswer>,
): Promise<ResourceAnswer | RefusedRequest> {
  const region = process.env['AWS_REGION'] ?? '';
  const endpoint = endpointUrl('CLOUDFORMATION');
  const logged = (words: object): void =>
    console.log(JSON.stringify({ request: request.RequestType, stackId: boundedText(request.StackId), ...words }));
  const nothing = (reason: string): ResourceAnswer => ({
    passed: false,
    reason,
    physicalResourceId: request.PhysicalResourceId ?? idWithoutWork,
  });
  const stranger =
    refusedUrl(request.ResponseURL, { region, endpoint }) ??
    refusedStack(request, requiredVariable(process.env, 'OWN_STACKS'));
  if (stranger !== undefined) {
    logged({ refused: stranger });
    return { refused: stranger };
  }
  const post = signedPost({ service: 'cloudformation', region, url: endpoint, handler: connections });
  const found = await confirmRequest(request, types, { stackResource: stackResource(post), clock });
  if ('contradicted' in found) {
    const refused = `CloudFormation does not confirm the request: ${found.contradicted}`;
    // A real request may be delivered again after its resource is complete. CloudFormation then ignores the answer.
    const ignored = await answerResource(request, nothing(`nothing was changed: ${refused}`), clock).then(
      () => undefined,
      (error: unknown) => String(error),
    );
    logged({ refused, ...(ignored !== undefined && { answer: ignored }) });
    return { refused };
  }
  const answer =
    'confirmed' in found
      ? await within(clock, () => work(found.confirmed)).catch((error: unknown) =>
          nothing(boundedText(messageOf(error))),
        )
      : nothing(`nothing was changed, because CloudFormation could not be asked (${found.unknown}); try again`);
  const { passed, reason } = answer;
  logged({ passed, reason });
  await answerResource(request, answer, clock);
  return answer;
}

/** Ends work that takes too long. A call that ends at its own limit comes first, because its error says more. */
function within<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  const left = Math.min(clock.timeLeft() - RESERVED_MILLISECONDS + 1_000, LONGEST_TIMER);
  return withinTime(Math.max(1, Math.round(left)), work);
}

/** Longest time of a timer of Node.js, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;
