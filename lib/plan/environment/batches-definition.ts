import { arnWithoutAccount } from '../../catalog/arn';
import type { SplitPlan } from './split-plan';

/**
 * Timeout of one run in the state machine, in seconds. It is longer than the timeout of the function, so the function
 * ends first.
 */
const RUN_SECONDS = 930;

/**
 * Writes the definition of the state machine that verifies one batch after another, in the Amazon States Language.
 *
 * It uses a Distributed Map, because only that continues after a failed batch and gives each batch an execution with
 * its own history. The executions are STANDARD, because an EXPRESS execution ends after five minutes. Only one batch
 * runs at a time, so that a run never uses more of Bedrock's quotas than in an environment with one run. An invocation
 * is retried only if Lambda did not start it, because a run that failed reports its own failure. Answers are dropped,
 * because a state passes on at most 256 KB.
 */
export function batchesDefinition({ batches }: SplitPlan, functionArn: string) {
  return {
    Comment: 'Verifies every access, in as many runs as it takes',
    StartAt: 'Batches',
    States: {
      Batches: {
        Type: 'Pass',
        Result: batches.map((applications) => ({ scheduled: true, applications })),
        Next: 'Each',
      },
      Each: {
        Type: 'Map',
        ItemsPath: '$',
        Label: 'Batch',
        MaxConcurrency: 1,
        ToleratedFailurePercentage: 100,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Verify',
          States: {
            Verify: {
              Type: 'Task',
              Resource: arnWithoutAccount(functionArn.split(':')[1] ?? '', 'states', 'lambda:invoke'),
              Parameters: { FunctionName: functionArn, 'Payload.$': '$' },
              TimeoutSeconds: RUN_SECONDS,
              Retry: [
                {
                  ErrorEquals: [
                    'Lambda.TooManyRequestsException',
                    'Lambda.ServiceException',
                    'Lambda.AWSLambdaException',
                    'Lambda.SdkClientException',
                  ],
                  IntervalSeconds: 10,
                  MaxAttempts: 5,
                  BackoffRate: 2,
                  JitterStrategy: 'FULL',
                },
              ],
              ResultPath: null,
              End: true,
            },
          },
        },
        ResultPath: null,
        End: true,
      },
    },
  };
}
