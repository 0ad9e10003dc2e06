import type { CostAllocationTag, CostExplorerFailure } from './cost-explorer';
import type { NotLookedAt } from './costs-found';
import { dayAfter } from './utc-days';

/** The step that is missing before a figure can be known, and the change that mends it. */
export type MissingStep = Omit<NotLookedAt, 'part'>;

/** Reads the missing step from a failure of Cost Explorer. */
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
      next: 'run the command again after some weeks of costs',
    };
  }
  if (error.name === 'ThrottlingException') {
    return { step: 'limit', why: 'Cost Explorer was asked too often', next: 'run the command again in a minute' };
  }
  const source = action === '' ? 'Cost Explorer' : action;
  return {
    step: 'answer',
    why: `${source}: ${message}`,
    next: passes ? 'run the command again' : 'look the message up in the Cost Explorer API reference',
  };
}

/**
 * Days after the activation of a tag for which its costs may be missing: one until they appear, and one more to be
 * sure.
 */
const DAYS_AFTER_ACTIVATION = 2;

/**
 * Finds the step that explains why nothing is billed under a tag key. It is `undefined` when the tag has been active
 * for long enough, because then there were no costs.
 *
 * @param tag the status of the tag, or `undefined` when billing does not know the key
 * @param activate the next step that activates the tag
 * @param day the current day
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
      next: `billing lists a key within 24 hours of its first use; then ${activate}`,
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
        next: 'run the command again later: costs appear within 24 hours of the activation, and costs from before it never do',
      };
}
