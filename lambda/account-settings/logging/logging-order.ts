import { boundedText } from '../../../aws/bounded-text';
import type { ResourceRequest } from '../../custom-resource/resource-request';

/** Where the template has Bedrock log the calls of its account and Region. */
export interface LoggingOrder {
  readonly logGroupName: string;
  /** ARN of the role that Bedrock writes as. */
  readonly roleArn: string;
  /** Whether prompts and answers are logged, beside who called what and for how many tokens. */
  readonly content: boolean;
}

/** Reads the properties of the resource; throws an error that names the one that is wrong. */
export function parseLoggingOrder({ ResourceProperties }: ResourceRequest): LoggingOrder {
  const { LogGroupName: logGroupName, RoleArn: roleArn, Content: content } = ResourceProperties;
  if (typeof logGroupName !== 'string' || logGroupName === '') {
    throw new Error(`invocation logging has the LogGroupName ${shown(logGroupName)}`);
  }
  if (typeof roleArn !== 'string' || roleArn === '') {
    throw new Error(`invocation logging has the RoleArn ${shown(roleArn)}`);
  }
  // CloudFormation hands every value on as text.
  if (content !== 'true' && content !== 'false') {
    throw new Error(`invocation logging has the Content ${shown(content)}; allowed: "true", "false"`);
  }
  return { logGroupName, roleArn, content: content === 'true' };
}

function shown(value: unknown): string {
  return boundedText(JSON.stringify(value) ?? 'undefined');
}
