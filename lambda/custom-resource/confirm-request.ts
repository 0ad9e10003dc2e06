import { type Clock, RESERVED_MILLISECONDS } from '../../aws/clock';
import { type Ended, retry } from '../../aws/retry/retry';
import type { SeenResource, StackResource } from '../../aws/services/stack-resource';
import type { ResourceRequest } from './resource-request';

/** A request that CloudFormation confirmed. The type and the physical id are CloudFormation's, not the event's. */
export interface ConfirmedRequest extends ResourceRequest {
  readonly ResourceType: string;
}

/** What is known about a request: CloudFormation confirms it, contradicts it, or could not be asked. */
export type Confirmation =
  | { readonly confirmed: ConfirmedRequest }
  | { readonly contradicted: string }
  | { readonly unknown: string };

export interface ConfirmingDependencies {
  readonly stackResource: StackResource;
  readonly clock: Clock;
}

/**
 * Status of a resource while CloudFormation waits for the answer to a request. A rollback sends an Update too. A
 * deletion of an instance that was replaced has no such status, but no resource of this project is ever replaced,
 * because their physical ids never change.
 */
const IN_PROGRESS: Readonly<Record<ResourceRequest['RequestType'], readonly string[]>> = {
  Create: ['CREATE_IN_PROGRESS'],
  Update: ['UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS'],
  Delete: ['DELETE_IN_PROGRESS'],
};

/** Time in which CloudFormation may still show the state before the request, in milliseconds. */
const SHOWING_MILLISECONDS = 2_000;

const PAUSE_MILLISECONDS = 1_000;

/**
 * Asks CloudFormation whether it is really waiting for an answer to this request. It repeats the question for a third of
 * the time that is left while it gets no answer, such as during a throttle or while IAM spreads the permission.
 */
export async function confirmRequest(
  request: ResourceRequest,
  types: readonly string[],
  { stackResource, clock }: ConfirmingDependencies,
): Promise<Confirmation> {
  const started = clock.now();
  const longest = Math.min(clock.timeLeft() / 3, 300_000);
  for (;;) {
    const { ended } = await retry(clock, (signal) => stackResource(request.StackId, request.LogicalResourceId, signal));
    const found = judge(request, types, ended);
    const passed = clock.now() - started + PAUSE_MILLISECONDS;
    const limit = 'contradicted' in found ? SHOWING_MILLISECONDS : longest;
    if ('confirmed' in found || passed > limit || clock.timeLeft() < RESERVED_MILLISECONDS + PAUSE_MILLISECONDS) {
      return found;
    }
    await clock.sleep(PAUSE_MILLISECONDS);
  }
}

function judge(request: ResourceRequest, types: readonly string[], ended: Ended<SeenResource>): Confirmation {
  const { RequestType, PhysicalResourceId } = request;
  if ('failure' in ended) {
    const { kind, error } = ended.failure;
    const said = `${error.name}: ${error.message}`;
    // CloudFormation answers so for a stack and for a resource that do not exist.
    return kind === 'invalid' ? { contradicted: said } : { unknown: said };
  }
  const { type, status, physicalId } = ended.value;
  if (type === '' || status === '') {
    return { unknown: 'CloudFormation described no resource' };
  }
  if (!types.includes(type)) {
    return { contradicted: `the resource has the type ${type}; expected: ${types.join(', ')}` };
  }
  if (!IN_PROGRESS[RequestType].includes(status)) {
    return { contradicted: `CloudFormation waits for no ${RequestType}: the resource is in ${status}` };
  }
  if (RequestType !== 'Create' && PhysicalResourceId !== physicalId) {
    return { contradicted: 'the physical id of the resource is another one' };
  }
  return { confirmed: { ...request, ResourceType: type } };
}
