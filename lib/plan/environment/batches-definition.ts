import { arnWithoutAccount } from '../../catalog/arn';
import type { SplitPlan } from './split-plan';

/** A little longer than a run can take, so that the function always answers first. */
const RUN_SECONDS = 930;

/**
 * The state machine that verifies batch after batch, in the Amazon States Language.
 *
 * A Distributed Map, since it alone goes on after a batch that failed, and each batch is an execution with a history of its
 * own. Its executions are STANDARD: an EXPRESS one ends after five minutes. One at a time: what a run asks of Bedrock's
 * quotas stays what it is in an environment that one run carries. Only a call that Lambda did not take is made again; a
 * run that failed has said so itself. Answers are dropped, because a state passes on at most 256 KB.
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
