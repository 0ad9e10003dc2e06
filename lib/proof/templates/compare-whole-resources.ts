import { isDeepStrictEqual } from 'node:util';
import { groupBy } from '../../../aws/group-by';
import type { Account, WholeResource } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import { intendedAlerts } from '../intent/intended-alerts';
import { intendedTriggers } from '../intent/intended-triggers';

/**
 * Lists resources of the templates that are not intended, and intended resources that are missing. All properties are
 * compared, because a permission, a topic policy or a key policy with any difference is wrong.
 */
export function compareWholeResources(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const found = account.wholeResources;
  const intended = [...intendedTriggers(plan), ...intendedAlerts(plan)];
  const byKind = (all: readonly WholeResource[]): ReadonlyMap<string, readonly WholeResource[]> => groupBy(all, kindOf);
  const [foundByKind, intendedByKind] = [byKind(found), byKind(intended)];
  const lacks = (all: ReadonlyMap<string, readonly WholeResource[]>, item: WholeResource): boolean =>
    !all.get(kindOf(item))?.some((other) => isDeepStrictEqual(other.properties, item.properties));
  return [
    ...found
      .filter((item) => lacks(intendedByKind, item))
      .map((t) =>
        finding(t.name, `the templates have a resource of type ${t.type} that is not in the plan: ${inWords(t)}`),
      ),
    ...intended
      .filter((item) => lacks(foundByKind, item))
      .map((t) => finding(t.name, `the templates lack the ${t.type} of the plan: ${inWords(t)}`)),
  ];
}

/**
 * Returns a key that equal resources share. It contains the name if that is a property, which narrows the comparison.
 */
function kindOf({ type, properties }: WholeResource): string {
  return `${type} ${String(properties['TopicName'] ?? properties['Topics'] ?? '')}`;
}

function inWords({ properties }: WholeResource): string {
  return JSON.stringify(properties).slice(0, 1000);
}
