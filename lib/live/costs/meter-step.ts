import { AwsFailure } from '../aws-failure';
import type { NotLookedAt } from './costs-found';

/** A refusal of AWS that is no reason to keep silent about the rest. */
export function meterStep(error: unknown): NotLookedAt {
  if (error instanceof AwsFailure) {
    const denied = /AccessDenied|not authorized/i.test(error.message);
    return {
      part: 'estimated today',
      step: denied ? 'permission' : 'answer',
      why: error.message,
      next: denied ? 'allow your credentials cloudwatch:GetMetricData' : 'run the command again',
    };
  }
  throw error;
}
