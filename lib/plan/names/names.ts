import { accountArn, regionalArn } from '../../catalog/arn';
import { iamPath, physicalName, shortHash } from './physical-name';

/** Where an environment lives, as names and ARNs need it. */
export interface Place {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

export function roleArn(place: Place, name: string, folder = ''): string {
  return accountArn(place, 'iam', `role${iamPath(place.environment)}${folder}${name}`);
}

export function policyArn(place: Place, name: string): string {
  return accountArn(place, 'iam', `policy${iamPath(place.environment)}${name}`);
}

export function parameterArn(place: Place, name: string): string {
  return regionalArn(place, 'ssm', `parameter${name}`);
}

/** Folder below the environment's IAM path: the roles that the verification role may assume. */
export const PROBE_FOLDER = 'probe/';

export function boundaryName(environment: string): string {
  return physicalName([environment, 'boundary']);
}

export function probeBoundaryName(environment: string): string {
  return physicalName([environment, 'probe-boundary']);
}

export function verificationName(environment: string): string {
  return physicalName([environment, 'verification']);
}

/** A probe role carries an application's policies; `probe-policies` without the boundary that would hide their mistakes. */
export function probeRoleName(environment: string, application: string, kind: 'probe' | 'probe-policies'): string {
  return physicalName([environment, application, kind]);
}

/** Folder below the environment's IAM path: the roles that the limit function and AWS Budgets may assume. */
export const LIMIT_FOLDER = 'limit/';

/** Of an application's denial: the policy, and the role that may attach it. */
export function limitName(environment: string, application: string): string {
  return physicalName([environment, application, 'limit']);
}

/** Name of the topic that an owner's alerts go to; `owner` is an e-mail address. */
export function topicName(environment: string, owner: string): string {
  return physicalName([environment, `alerts-${shortHash(owner)}`]);
}

export function topicArn(place: Place, owner: string): string {
  return regionalArn(place, 'sns', topicName(place.environment, owner));
}

export function limitFunctionName(environment: string): string {
  return physicalName([environment, 'limit']);
}

/** By its name, so that an application's stack and its alarm can call it. */
export function limitFunctionArn(place: Place): string {
  return regionalArn(place, 'lambda', `function:${limitFunctionName(place.environment)}`);
}
