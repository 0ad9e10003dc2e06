import type { LimitDependencies } from './limit-dependencies';
import type { LimitParameters } from './store/limit-parameters';

/**
 * True if the limit or the state of an application has changed since they were read; the log then says so. An order by
 * hand is not asked: it has just written the state, which the Parameter Store may show a moment later.
 */
export async function changedMeanwhile(
  parameters: LimitParameters,
  { limits, log }: Pick<LimitDependencies, 'limits' | 'log'>,
): Promise<boolean> {
  if (await limits.unchanged(parameters)) {
    return false;
  }
  const { application } = parameters;
  log(JSON.stringify({ application, changed: 'its limit or state changed meanwhile; the next run looks again' }));
  return true;
}
