import {
  BedrockClient,
  DeleteModelInvocationLoggingConfigurationCommand,
  GetModelInvocationLoggingConfigurationCommand,
  type LoggingConfig,
  PutModelInvocationLoggingConfigurationCommand,
} from '@aws-sdk/client-bedrock';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { ONE_ATTEMPT } from '../../../aws/services/one-attempt';

/** The calls that read, put and delete the logging setting of an account and Region. */
export interface LoggingCalls {
  read(signal: AbortSignal): Promise<LoggingConfig | undefined>;
  /** Replaces the whole setting. */
  put(setting: LoggingConfig, signal: AbortSignal): Promise<unknown>;
  remove(signal: AbortSignal): Promise<unknown>;
}

export function loggingCalls(region: string, requestHandler: NodeHttpHandler): LoggingCalls {
  // A bearer token from the environment variables would belong to another principal.
  const bedrock = new BedrockClient({ region, ...ONE_ATTEMPT, requestHandler, authSchemePreference: ['sigv4'] });
  return {
    read: async (abortSignal) =>
      (await bedrock.send(new GetModelInvocationLoggingConfigurationCommand({}), { abortSignal })).loggingConfig,
    put: (loggingConfig, abortSignal) =>
      bedrock.send(new PutModelInvocationLoggingConfigurationCommand({ loggingConfig }), { abortSignal }),
    remove: (abortSignal) => bedrock.send(new DeleteModelInvocationLoggingConfigurationCommand({}), { abortSignal }),
  };
}
