import { physicalName, shortHash } from './physical-name';

/** The environment, account, Region and partition that names and ARNs contain. */
export interface Place {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}

/** Folder below the environment's IAM path. It holds the roles that the verification role may assume. */
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

/**
 * Returns the name of a probe role, which has the policies of its application. The role `probe-policies` does not have
 * the application's boundary, because that would hide a mistake in the policies.
 */
export function probeRoleName(environment: string, application: string, kind: 'probe' | 'probe-policies'): string {
  return physicalName([environment, application, kind]);
}

/** Folder below the environment's IAM path. It holds the roles that the limit function and AWS Budgets may assume. */
export const LIMIT_FOLDER = 'limit/';

/** Returns the name that the denial policy of an application shares with the role that may attach it. */
export function limitName(environment: string, application: string): string {
  return physicalName([environment, application, 'limit']);
}

/**
 * Returns the path of the parameters with the limits of an environment, or the name of one of them. No name of an
 * environment has a dot, so the path lies beside those of the aliases.
 */
export function limitParameterName(environment: string, ...rest: readonly string[]): string {
  return [`/bedrock-access/${environment}.limits`, ...rest].join('/');
}

/** Returns the name of the topic for an owner's alerts. `owner` is an e-mail address. */
export function topicName(environment: string, owner: string): string {
  return physicalName([environment, `alerts-${shortHash(owner)}`]);
}

export function limitFunctionName(environment: string): string {
  return physicalName([environment, 'limit']);
}

/** Returns the name of a stack. CloudFormation allows no `_`, and no name in an environment file contains `--`. */
export function stackName(environment: string, stack: string): string {
  return `${environment}--${stack}`;
}

/** Returns the path of all IAM resources of an environment. */
export function iamPath(environment: string): string {
  return `/bedrock-access/${environment}/`;
}

/**
 * Returns the name of the SSM parameter with the ids of an application's profiles. It is not below the path of the
 * environment's aliases, because no name of an environment has a dot.
 */
export function profilesParameterName(environment: string, application: string): string {
  return parameterName(`${environment}.profiles`, application);
}

/** Returns the name of an alias's SSM parameter, or the path of the parameters of an application or an environment. */
export function parameterName(environment: string, ...rest: readonly string[]): string {
  return ['/bedrock-access', environment, ...rest].join('/');
}

/**
 * Name of the log group that the functions of an application write to. It is not below /bedrock-access/, where the
 * boundary lets no application write.
 */
export function applicationLogName(environment: string, application: string): string {
  return `/bedrock-applications/${environment}/${application}`;
}
