import { AwsFailure } from '../aws-failure';
import type { NotLookedAt } from './costs-found';

/**
 * Reads the missing step from a failure to estimate the dollars of today, so that the other costs are still reported.
 *
 * @throws the error itself when it is no `AwsFailure`
 */
export function estimateStep(error: unknown): NotLookedAt {
  if (error instanceof AwsFailure) {
    const denied = /AccessDenied|not authorized/i.test(error.message);
    return {
      part: 'estimated today',
      step: denied ? 'permission' : 'answer',
      why: error.message,
      next: denied
        ? 'allow your credentials ssm:GetParametersByPath and cloudwatch:GetMetricData'
        : 'run the command again',
    };
  }
  throw error;
}
