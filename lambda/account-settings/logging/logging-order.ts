import { boundedText } from '../../../aws/bounded-text';
import type { ResourceRequest } from '../../custom-resource/resource-request';

/** The logging that the template asks for in its account and Region. */
export interface LoggingOrder {
  readonly logGroupName: string;
  /** ARN of the role that Bedrock assumes to write the log. */
  readonly roleArn: string;
  /** True when prompts and answers are logged too, in addition to the caller, the model and the number of tokens. */
  readonly content: boolean;
}

/** Reads the properties of the resource. Throws an error that names the wrong property. */
export function parseLoggingOrder({ ResourceProperties }: ResourceRequest): LoggingOrder {
  const { LogGroupName: logGroupName, RoleArn: roleArn, Content: content } = ResourceProperties;
  if (typeof logGroupName !== 'string' || logGroupName === '') {
    throw new Error(`invocation logging has the LogGroupName ${shown(logGroupName)}`);
  }
  if (typeof roleArn !== 'string' || roleArn === '') {
    throw new Error(`invocation logging has the RoleArn ${shown(roleArn)}`);
  }
  // CloudFormation passes every value as text.
  if (content !== 'true' && content !== 'false') {
    throw new Error(`invocation logging has the Content ${shown(content)}; allowed: "true", "false"`);
  }
  return { logGroupName, roleArn, content: content === 'true' };
}

function shown(value: unknown): string {
  return boundedText(JSON.stringify(value) ?? 'undefined');
}
