import type { Clock } from '../../aws/clock';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { stackStatus } from '../../aws/services/stack-status';
import { type Context, systemClock } from '../../aws/system-clock';
import type { ResourceAnswer } from '../custom-resource/answer-resource';
import { answerStack, type RefusedRequest } from '../custom-resource/answer-stack';
import { isResourceRequest, type ResourceRequest } from '../custom-resource/resource-request';
import { answerWithin, MAX_BYTES } from './answer-within';
import { gate } from './gate/gate';
import { GATE_ID, gateAnswer } from './gate/gate-answer';
import { parseEvent, type RunOrder } from './parse-event';
import type { VerificationResult } from './result';
import { runVerification } from './run-verification';

/**
 * Verifies with real calls that applications can call their models through their profiles, and in no other way.
 *
 * Called with `{}` or `{ "applications": ["NAME"] }`, it returns the result, which includes all errors of Bedrock. It
 * throws only for a wrong event, a wrong setting or parameters that cannot be read. The schedule adds
 * `"scheduled": true`. `"spreading": false` means that no policy was changed recently, so that denials are not retried.
 * CloudFormation calls the function as the gate at the end of an application's stack. It then answers at the URL of the
 * request.
 */
export async function handler(
  event?: unknown,
  context?: Context,
): Promise<VerificationResult | ResourceAnswer | RefusedRequest> {
  const clock = systemClock(context);
  return isResourceRequest(event) ? answerGate(event, clock) : answer(parseEvent(event), clock);
}

async function answer(order: RunOrder, clock: Clock): Promise<VerificationResult> {
  const result = await runVerification(order, clock);
  const answered = answerWithin(result, order.scheduled ? MAX_BYTES.scheduled : MAX_BYTES.waiting);
  // Nobody reads the answer of a scheduled run, and omitted results must be recorded somewhere.
  if (order.scheduled || answered.shortened !== undefined) {
    for (const probe of result.probes.filter(({ asIntended }) => !asIntended)) {
      console.log(JSON.stringify(probe));
    }
  }
  return answered;
}

async function answerGate(request: ResourceRequest, clock: Clock): Promise<ResourceAnswer | RefusedRequest> {
  const connections = shortCalls();
  const region = process.env['AWS_REGION'] ?? '';
  const cloudFormation = {
    service: 'cloudformation',
    region,
    url: endpointUrl('CLOUDFORMATION'),
    handler: connections,
  };
  const served = { types: ['Custom::BedrockAccessGate'], idWithoutWork: GATE_ID, clock, connections };
  try {
    return await answerStack(request, served, async (confirmed) =>
      gateAnswer(
        await gate(confirmed, {
          verifyChanged: ({ application, aliases }) =>
            runVerification({ applications: [application], scheduled: false, spreading: true }, clock, aliases),
          stackStatus: stackStatus(signedPost(cloudFormation)),
          clock,
          log: console.log,
        }),
      ),
    );
  } finally {
    connections.destroy();
  }
}
