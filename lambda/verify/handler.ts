import type { Clock } from '../../aws/clock';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { stackStatus } from '../../aws/services/stack-status';
import { type Context, systemClock } from '../../aws/system-clock';
import { answerResource } from '../custom-resource/answer-resource';
import { isResourceRequest, type ResourceRequest } from '../custom-resource/resource-request';
import { answerWithin, MOST_BYTES } from './answer-within';
import { gate } from './gate/gate';
import { gateAnswer } from './gate/gate-answer';
import type { GateVerdict } from './gate/gate-verdict';
import { parseEvent, type RunOrder } from './parse-event';
import type { VerificationResult } from './result';
import { runVerification } from './run-verification';

/**
 * Verifies by real calls that applications can call their models through their profiles, and in no other way.
 *
 * Called with `{}` or `{ "applications": ["NAME"] }` it returns the result: whatever AWS answers is part of it, and only a
 * wrong event, a wrong setting or parameters that cannot be read make it throw. Beside them, the schedule sets
 * `"scheduled": true`, and `"spreading": false` says that nothing was changed lately: then a first denial is the last.
 * Called by CloudFormation, as the gate at the end of an application's stack, it answers at the URL of the request.
 */
export async function handler(event?: unknown, context?: Context): Promise<VerificationResult | GateVerdict> {
  const clock = systemClock(context);
  return isResourceRequest(event) ? answerGate(event, clock) : answer(parseEvent(event), clock);
}

async function answer(order: RunOrder, clock: Clock): Promise<VerificationResult> {
  const result = await runVerification(order, clock);
  const answered = answerWithin(result, order.scheduled ? MOST_BYTES.scheduled : MOST_BYTES.waiting);
  // Nobody reads the answer of a scheduled run, and what is left out has to stand somewhere.
  if (order.scheduled || answered.shortened !== undefined) {
    for (const probe of result.probes.filter(({ asIntended }) => !asIntended)) {
      console.log(JSON.stringify(probe));
    }
  }
  return answered;
}

async function answerGate(request: ResourceRequest, clock: Clock): Promise<GateVerdict> {
  const requests = shortCalls();
  const region = process.env['AWS_REGION'] ?? '';
  const cloudFormation = { service: 'cloudformation', region, url: endpointUrl('CLOUDFORMATION'), handler: requests };
  try {
    const verdict = await gate(request, {
      verifyChanged: ({ application, aliases }) =>
        runVerification({ applications: [application], scheduled: false, spreading: true }, clock, aliases),
      stackStatus: stackStatus(signedPost(cloudFormation)),
      clock,
      log: console.log,
    });
    console.log(JSON.stringify({ request: request.RequestType, stackId: request.StackId, ...verdict }));
    await answerResource(request, gateAnswer(verdict), clock);
    return verdict;
  } finally {
    requests.destroy();
  }
}
