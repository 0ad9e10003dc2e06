import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { Clock } from '../../../aws/clock';
import { messageOf } from '../../../aws/errors/message-of';
import type { ReadError } from '../../../aws/errors/read-error';
import type { StackStatus } from '../../../aws/services/stack-status';
import type { ResourceAnswer } from '../../custom-resource/answer-resource';
import { isRollingBack } from '../../custom-resource/is-rolling-back';
import type { ResourceRequest } from '../../custom-resource/resource-request';
import { failedCall } from '../failed-call';
import { untilSpread } from '../until-spread';
import type { LoggingCalls } from './logging-calls';
import { type LoggingOrder, readLoggingOrder, requiredOrder } from './logging-order';
import { delivers, destinations, environmentOf, isOurs, orderedSetting } from './logging-setting';
import { NOT_SET, physicalIdOf, previousSetting } from './previous-setting';

/** The calls to AWS, the clock and the log of the resource for invocation logging. */
export interface LoggingDependencies {
  readonly calls: LoggingCalls;
  readonly region: string;
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Makes Bedrock log the calls of this account and Region to our log group. When the resource is deleted, restores the
 * previous setting. The order comes from the function's variables, and the request only says when to carry it out.
 *
 * An account has one setting per Region, and each put replaces all of it. So the setting is read first, and one that
 * delivers elsewhere is never overwritten. Someone else may still put a setting between the read and the put; AWS
 * offers no protection against that.
 */
export async function keepLogging(
  request: ResourceRequest,
  dependencies: LoggingDependencies,
): Promise<Omit<ResourceAnswer, 'data'>> {
  const keep = { Create: create, Update: update, Delete: restore }[request.RequestType];
  return keep(request, dependencies);
}

async function create(_: ResourceRequest, dependencies: LoggingDependencies) {
  // Until the first put, a deletion has nothing to undo.
  let physicalResourceId = NOT_SET;
  try {
    const order = requiredOrder(process.env);
    const found = await read(dependencies);
    if (found !== undefined && delivers(found) && !isOurs(found, order)) {
      return { passed: false, reason: refusal(found, order, dependencies.region), physicalResourceId };
    }
    // A setting that is already ours comes from a repeated request or from an earlier stack. The setting that it
    // replaced is unknown.
    physicalResourceId = physicalIdOf(found !== undefined && isOurs(found, order) ? undefined : found);
    await put(orderedSetting(order), dependencies);
    return { passed: true, reason: logsTo(order), physicalResourceId };
  } catch (error) {
    return { passed: false, reason: messageOf(error), physicalResourceId };
  }
}

/**
 * Updates the setting under the same physical id. A new id would make CloudFormation delete the old resource and the
 * setting.
 */
async function update(request: ResourceRequest, dependencies: LoggingDependencies) {
  const physicalResourceId = request.PhysicalResourceId ?? NOT_SET;
  try {
    const order = requiredOrder(process.env);
    const found = await read(dependencies);
    if (found !== undefined && delivers(found) && !isOurs(found, order)) {
      return (await isRollingBack(request.StackId, dependencies))
        ? {
            passed: true,
            reason: `left unchanged while the stack rolls back: ${foreignSetting(found)}`,
            physicalResourceId,
          }
        : { passed: false, reason: refusal(found, order, dependencies.region), physicalResourceId };
    }
    await put(orderedSetting(order), dependencies);
    const again = found === undefined || !delivers(found) ? ' again; logging had been turned off' : '';
    return { passed: true, reason: `${logsTo(order)}${again}`, physicalResourceId };
  } catch (error) {
    return { passed: false, reason: messageOf(error), physicalResourceId };
  }
}

async function restore(request: ResourceRequest, dependencies: LoggingDependencies) {
  const physicalResourceId = request.PhysicalResourceId ?? NOT_SET;
  if (physicalResourceId === NOT_SET) {
    return { passed: true, reason: 'nothing to restore: this stack never set invocation logging', physicalResourceId };
  }
  try {
    const order = readLoggingOrder(process.env);
    const found = await read(dependencies);
    if (found === undefined || !delivers(found)) {
      return { passed: true, reason: 'nothing to restore: logging has already been turned off', physicalResourceId };
    }
    if (!isOurs(found, order)) {
      return { passed: true, reason: `left unchanged: ${foreignSetting(found)}`, physicalResourceId };
    }
    return {
      passed: true,
      reason: await putBack(previousSetting(physicalResourceId), dependencies),
      physicalResourceId,
    };
  } catch (error) {
    return { passed: false, reason: messageOf(error), physicalResourceId };
  }
}

async function putBack(before: LoggingConfig | undefined, { calls, clock }: LoggingDependencies): Promise<string> {
  if (before !== undefined) {
    const { ended, attempts } = await untilSpread(clock, isDenied, (signal) => calls.put(before, signal));
    if ('value' in ended) {
      return 'restored the previous setting, which delivers nowhere';
    }
    // The previous setting delivers nowhere. If AWS does not accept it back, having no setting has the same effect.
    if (ended.failure.error.name !== 'ValidationException') {
      throw new Error(failedCall(PUT, attempts, ended.failure.error));
    }
  }
  const { ended, attempts } = await untilSpread(clock, isDenied, (signal) => calls.remove(signal));
  if ('failure' in ended) {
    throw new Error(failedCall('bedrock:DeleteModelInvocationLoggingConfiguration', attempts, ended.failure.error));
  }
  return 'removed: calls are no longer logged, as before';
}

const PUT = 'bedrock:PutModelInvocationLoggingConfiguration';
const isDenied = ({ name }: ReadError): boolean => name === 'AccessDeniedException';

async function read({ calls, clock }: LoggingDependencies): Promise<LoggingConfig | undefined> {
  const { ended, attempts } = await untilSpread(clock, isDenied, (signal) => calls.read(signal));
  if ('failure' in ended) {
    throw new Error(failedCall('bedrock:GetModelInvocationLoggingConfiguration', attempts, ended.failure.error));
  }
  return ended.value;
}

/** Puts the setting. Bedrock tries the role first, and reports a role that IAM has not spread yet as invalid. */
async function put(setting: LoggingConfig, { calls, clock }: LoggingDependencies): Promise<void> {
  const { ended, attempts } = await untilSpread(
    clock,
    (error) => isDenied(error) || error.name === 'ValidationException',
    (signal) => calls.put(setting, signal),
  );
  if ('failure' in ended) {
    throw new Error(failedCall(PUT, attempts, ended.failure.error));
  }
}

function logsTo({ logGroupName, content }: LoggingOrder): string {
  return `calls are logged to ${logGroupName}, ${content ? 'with' : 'without'} prompts and answers`;
}

function foreignSetting(found: LoggingConfig): string {
  return `someone else has set invocation logging in the meantime, to ${destinations(found)}`;
}

function refusal(found: LoggingConfig, { logGroupName }: LoggingOrder, region: string): string {
  const sameLog = found.cloudWatchConfig?.logGroupName === logGroupName;
  const environment = sameLog ? undefined : environmentOf(found);
  const owner = environment === undefined ? 'someone else' : `the environment '${environment}' of this project`;
  const theirs =
    environment === undefined
      ? `ask its owner to remove it ('aws bedrock delete-model-invocation-logging-configuration --region ${region}')`
      : `remove it from the file of '${environment}', deploy that environment`;
  return (
    `invocation logging of this account in ${region} is set by ${owner} and delivers to ${destinations(found)}; ` +
    'an account has one setting per Region, and this deployment would replace it. Either remove invocationLogging from ' +
    `the environment file, since every call is already logged there, or ${theirs} and deploy again`
  );
}
