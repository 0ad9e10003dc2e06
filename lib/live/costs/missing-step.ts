import type { CostAllocationTag, CostExplorerFailure } from './cost-explorer';
import type { NotLookedAt } from './costs-found';
import { dayAfter } from './utc-days';

/** Which step is missing, and what to do. */
export type MissingStep = Omit<NotLookedAt, 'part'>;

/** What Cost Explorer's refusal means. */
export function missingStep({ action, error, passes, message }: CostExplorerFailure): MissingStep {
  if (/not enabled for cost explorer/i.test(error.fullMessage)) {
    return {
      step: 'enablement',
      why: `this account has no access to Cost Explorer: ${message}`,
      next: 'open Cost Explorer once in the Billing console of the account that pays, let its member accounts see costs there (Cost Management preferences), and wait 24 hours',
    };
  }
  if (/AccessDenied|Unauthorized/.test(error.name)) {
    return { step: 'permission', why: `${action} was refused: ${message}`, next: `allow your credentials ${action}` };
  }
  if (error.name === 'DataUnavailableException') {
    return {
      step: 'history',
      why: `Cost Explorer has no data for this: ${message}`,
      next: 'run the command again when some weeks of costs are there',
    };
  }
  if (error.name === 'ThrottlingException') {
    return { step: 'limit', why: 'Cost Explorer was asked too often', next: 'run the command again in a minute' };
  }
  const what = action === '' ? 'Cost Explorer' : action;
  return {
    step: 'answer',
    why: `${what}: ${message}`,
    next: passes ? 'run the command again' : 'look the message up in the Cost Explorer API reference',
  };
}

/** Costs are there up to a day after a tag was activated, and for a day more nobody can be sure. */
const DAYS_AFTER_ACTIVATION = 2;

/**
 * Why nothing is billed under a tag key, or `undefined` where it has been active for long enough: then there was nothing.
 *
 * @param day the day that is looked at
 */
export function missingTagStep(
  key: string,
  tag: CostAllocationTag | undefined,
  activate: string,
  day: string,
): MissingStep | undefined {
  if (tag === undefined) {
    return {
      step: 'use',
      why: `billing does not know the tag ${key} yet`,
      next: `a key comes up within 24 hours of its first use; then ${activate}`,
    };
  }
  if (tag.status === 'Inactive') {
    return { step: 'activation', why: `the cost allocation tag ${key} is not active`, next: activate };
  }
  const since = tag.changed?.slice(0, 10);
  return since !== undefined && since <= dayAfter(day, -DAYS_AFTER_ACTIVATION)
    ? undefined
    : {
        step: 'data',
        why: `the cost allocation tag ${key} is active${since === undefined ? '' : ` since ${since}`} and has no data yet`,
        next: 'run the command again: costs come up to 24 hours after the activation, and none from before it',
      };
}
