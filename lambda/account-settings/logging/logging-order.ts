import { requiredVariable, type Variables } from '../../variables/required-variable';

/** The logging that the environment file asks for in its account and Region. */
export interface LoggingOrder {
  readonly logGroupName: string;
  /** ARN of the role that Bedrock assumes to write the log. */
  readonly roleArn: string;
  /**
   * True when prompts and answers are logged too, in addition to the caller, the model and the number of tokens.
   * `undefined` when the environment file asks for no log; the log's names are then those of a former one.
   */
  readonly content: boolean | undefined;
}

/**
 * Reads the order from the function's variables, and nothing from the event: an event only wakes the function. Throws an
 * error that names the wrong variable.
 */
export function readLoggingOrder(variables: Variables): LoggingOrder {
  const content = variables['LOG_CONTENT'];
  if (content !== undefined && content !== 'true' && content !== 'false') {
    throw new Error(`the environment variable LOG_CONTENT is '${content}'; allowed: 'true', 'false'`);
  }
  return {
    logGroupName: requiredVariable(variables, 'LOG_GROUP_NAME'),
    roleArn: requiredVariable(variables, 'LOG_ROLE_ARN'),
    content: content === undefined ? undefined : content === 'true',
  };
}

/** Returns the order if the environment file asks for a log. */
export function requiredOrder(variables: Variables): LoggingOrder & { readonly content: boolean } {
  const { content, ...order } = readLoggingOrder(variables);
  if (content === undefined) {
    throw new Error('the environment file asks for no invocation log');
  }
  return { ...order, content };
}
