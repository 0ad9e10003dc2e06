import type { LoggingConfig } from '@aws-sdk/client-bedrock';
import type { Clock } from '../../../aws/clock';
import type { ReadError } from '../../../aws/errors/read-error';
import type { StackStatus } from '../../../aws/services/stack-status';
import type { ResourceAnswer } from '../../custom-resource/answer-resource';
import { isRollingBack } from '../../custom-resource/is-rolling-back';
import type { ResourceRequest } from '../../custom-resource/resource-request';
import { failedCall } from '../failed-call';
import { untilSpread } from '../until-spread';
import type { LoggingCalls } from './logging-calls';
import { type LoggingOrder, parseLoggingOrder } from './logging-order';
import { delivers, destinations, environmentOf, isOurs, orderedSetting } from './logging-setting';
import { idKeeping, NOT_SET, settingBefore } from './setting-before';

/** What keeping the setting touches outside itself. */
export interface LoggingDependencies {
  readonly calls: LoggingCalls;
  readonly region: string;
  readonly stackStatus: StackStatus;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Has Bedrock log the calls of this account and Region to our log group, and puts back what was there when it is removed.
 *
 * There is one setting, and putting one replaces all of it. So it is read first, and one that delivers anywhere else is
 * never overwritten. Between reading and putting somebody else may put theirs; AWS offers nothing against that.
 */
export async function keepLogging(
  request: ResourceRequest,
  dependencies: LoggingDependencies,
): Promise<Omit<ResourceAnswer, 'data'>> {
  const keep = { Create: create, Update: update, Delete: restore }[request.RequestType];
  return keep(request, dependencies);
}

async function create(request: ResourceRequest, dependencies: LoggingDependencies) {
  // Until something may have been put, a deletion has nothing to undo.
  let physicalResourceId = NOT_SET;
  try {
    const order = parseLoggingOrder(request);
    const found = await read(dependencies);
    if (found !== undefined && delivers(found) && !isOurs(found, order)) {
      return { passed: false, reason: refusal(found, order, dependencies.region), physicalResourceId };
    }
    // Ours already: the request came twice, or a stack of before left it. What was there before that is not known.
    physicalResourceId = idKeeping(found !== undefined && isOurs(found, order) ? undefined : found);
    await put(orderedSetting(order), dependencies);
    return { passed: true, reason: logsTo(order), physicalResourceId };
  } catch (error) {
    return { passed: false, reason: reasonOf(error), physicalResourceId };
  }
}

/** Keeps the physical id: another would have CloudFormation delete the resource of the old one, and so the setting. */
async function update(request: ResourceRequest, dependencies: LoggingDependencies) {
  const physicalResourceId = request.PhysicalResourceId ?? NOT_SET;
  try {
    const order = parseLoggingOrder(request);
    const found = await read(dependencies);
    if (found !== undefined && delivers(found) && !isOurs(found, order)) {
      return (await isRollingBack(request.StackId, dependencies))
        ? { passed: true, reason: `left alone while the stack rolls back: ${toldOf(found)}`, physicalResourceId }
        : { passed: false, reason: refusal(found, order, dependencies.region), physicalResourceId };
    }
    await put(orderedSetting(order), dependencies);
    const again = found === undefined || !delivers(found) ? ' again, since nothing was logged any more' : '';
    return { passed: true, reason: `${logsTo(order)}${again}`, physicalResourceId };
  } catch (error) {
    return { passed: false, reason: reasonOf(error), physicalResourceId };
  }
}

async function restore(request: ResourceRequest, dependencies: LoggingDependencies) {
  const physicalResourceId = request.PhysicalResourceId ?? NOT_SET;
  if (physicalResourceId === NOT_SET) {
    return { passed: true, reason: 'nothing to restore: nothing was set', physicalResourceId };
  }
  try {
    const order = parseLoggingOrder(request);
    const found = await read(dependencies);
    if (found === undefined || !delivers(found)) {
      return { passed: true, reason: 'nothing to restore: nothing is logged any more', physicalResourceId };
    }
    if (!isOurs(found, order)) {
      return { passed: true, reason: `left alone: ${toldOf(found)}`, physicalResourceId };
    }
    return { passed: true, reason: await putBack(settingBefore(physicalResourceId), dependencies), physicalResourceId };
  } catch (error) {
    return { passed: false, reason: reasonOf(error), physicalResourceId };
  }
}

async function putBack(before: LoggingConfig | undefined, { calls, clock }: LoggingDependencies): Promise<string> {
  if (before !== undefined) {
    const { ended, attempts } = await untilSpread(clock, isDenied, (signal) => calls.put(before, signal));
    if ('value' in ended) {
      return 'restored the setting of before, which delivers nowhere';
    }
    // It came from AWS and delivers nowhere: where AWS does not take it back, none says the same.
    if (ended.failure.error.name !== 'ValidationException') {
      throw new Error(failedCall(PUT, attempts, ended.failure.error));
    }
  }
  const { ended, attempts } = await untilSpread(clock, isDenied, (signal) => calls.remove(signal));
  if ('failure' in ended) {
    throw new Error(failedCall('bedrock:DeleteModelInvocationLoggingConfiguration', attempts, ended.failure.error));
  }
  return 'removed: nothing is logged any more, as before';
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

/** Bedrock tries the role before it takes the setting, and calls one that IAM is still spreading invalid. */
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

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function logsTo({ logGroupName, content }: LoggingOrder): string {
  return `calls are logged to ${logGroupName}, ${content ? 'with' : 'without'} prompts and answers`;
}

function toldOf(found: LoggingConfig): string {
  return `somebody else has set invocation logging since, to ${destinations(found)}`;
}

function refusal(found: LoggingConfig, { logGroupName }: LoggingOrder, region: string): string {
  const sameLog = found.cloudWatchConfig?.logGroupName === logGroupName;
  const environment = sameLog ? undefined : environmentOf(found);
  const owner = environment === undefined ? 'somebody else' : `the environment '${environment}' of this project`;
  const theirs =
    environment === undefined
      ? `have its owner remove it ('aws bedrock delete-model-invocation-logging-configuration --region ${region}')`
      : `remove it from the file of '${environment}', deploy that`;
  return (
    `invocation logging of this account in ${region} is set by ${owner} and delivers to ${destinations(found)}; ` +
    'an account has one setting a Region, and this one would end theirs. Either remove invocationLogging from the ' +
    `environment file, since every call is logged there already, or ${theirs} and deploy again`
  );
}
