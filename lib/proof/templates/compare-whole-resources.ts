import { isDeepStrictEqual } from 'node:util';
import { groupBy } from '../../../aws/group-by';
import type { Account, WholeResource } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import { intendedAlerts } from '../intent/intended-alerts';
import { intendedTriggers } from '../intent/intended-triggers';

/**
 * Resources of the templates that are not intended, and those that are intended and missing, each compared with all its
 * properties: a permission, a policy of a topic or a key that is almost right is wrong.
 */
export function compareWholeResources(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const found = account.wholeResources;
  const intended = [...intendedTriggers(plan), ...intendedAlerts(plan)];
  const byKind = (all: readonly WholeResource[]): ReadonlyMap<string, readonly WholeResource[]> => groupBy(all, kindOf);
  const [there, wanted] = [byKind(found), byKind(intended)];
  const lacks = (all: ReadonlyMap<string, readonly WholeResource[]>, item: WholeResource): boolean =>
    !all.get(kindOf(item))?.some((other) => isDeepStrictEqual(other.properties, item.properties));
  return [
    ...found
      .filter((item) => lacks(wanted, item))
      .map((t) => finding(t.name, `the templates have a ${t.type} that is not in the plan: ${inWords(t)}`)),
    ...intended
      .filter((item) => lacks(there, item))
      .map((t) => finding(t.name, `the templates have no ${t.type} as the plan has it: ${inWords(t)}`)),
  ];
}

/** What can be the same: two of another name never are, where the name is one of the properties. */
function kindOf({ type, properties }: WholeResource): string {
  return `${type} ${String(properties['TopicName'] ?? properties['Topics'] ?? '')}`;
}

function inWords({ properties }: WholeResource): string {
  return JSON.stringify(properties).slice(0, 1000);
}
