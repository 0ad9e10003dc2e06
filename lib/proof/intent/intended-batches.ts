import type { AccessPlan } from '../../plan/environment/access-plan';
import type { SplitPlan } from '../../plan/environment/split-plan';
import { inAccount, ownFunction } from './arns';

/**
 * States a second time how a state machine verifies the environment in batches. Only the sizes of the batches are taken
 * from the plan. Together, the batches contain every application once.
 */
export function intendedBatches(plan: AccessPlan, { batches }: SplitPlan): object {
  const names = plan.applications.map(({ name }) => name);
  const starts = batches.map((_, i) => batches.slice(0, i).reduce((n, batch) => n + batch.length, 0));
  const call = {
    Type: 'Task',
    Resource: inAccount({ ...plan, account: '' }, 'states', 'lambda:invoke'),
    Parameters: {
      FunctionName: ownFunction(plan, 'verification'),
      'Payload.$': '$',
    },
    // A run of the function ends after at most 900 seconds.
    TimeoutSeconds: 930,
    Retry: [
      {
        ErrorEquals: ['TooManyRequestsException', 'ServiceException', 'AWSLambdaException', 'SdkClientException'].map(
          (error) => `Lambda.${error}`,
        ),
        ...{ IntervalSeconds: 10, MaxAttempts: 5, BackoffRate: 2, JitterStrategy: 'FULL' },
      },
    ],
    ResultPath: null,
    End: true,
  };
  return {
    Comment: 'Verifies every access, in as many runs as it takes',
    StartAt: 'Batches',
    States: {
      Batches: {
        Type: 'Pass',
        Result: starts.map((start, i) => ({ scheduled: true, applications: names.slice(start, starts[i + 1]) })),
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
          States: { Verify: call },
        },
        ResultPath: null,
        End: true,
      },
    },
  };
}
