import { accountArn, regionalArn } from '../../catalog/arn';
import { iamPath, limitFunctionName, type Place, topicName } from './names';

export function roleArn(place: Place, name: string, folder = ''): string {
  return accountArn(place, 'iam', `role${iamPath(place.environment)}${folder}${name}`);
}

export function policyArn(place: Place, name: string): string {
  return accountArn(place, 'iam', `policy${iamPath(place.environment)}${name}`);
}

export function parameterArn(place: Place, name: string): string {
  return regionalArn(place, 'ssm', `parameter${name}`);
}

export function topicArn(place: Place, owner: string): string {
  return regionalArn(place, 'sns', topicName(place.environment, owner));
}

/**
 * Returns the ARN of the limit function, built from its name so that the stack and the alarm of an application can use
 * it.
 */
export function limitFunctionArn(place: Place): string {
  return regionalArn(place, 'lambda', `function:${limitFunctionName(place.environment)}`);
}
