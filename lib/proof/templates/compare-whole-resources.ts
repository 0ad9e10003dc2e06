import type { Account, WholeResource } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import { intendedAlerts } from '../intent/intended-alerts';
import { intendedNetwork } from '../intent/intended-network';
import { intendedTriggers } from '../intent/intended-triggers';
import { intendedLogs } from '../intent/log-intent';
import { intendedRoleCarriers } from '../intent/role-carriers-intent';
import { canonical } from './canonical';

/**
 * Lists resources of the templates that are not intended, and intended resources that are missing. All properties are
 * compared, because a permission, a topic policy or a key policy with any difference is wrong. The order of statements
 * and of other lists has no meaning in these resources.
 */
export function compareWholeResources(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const found = account.wholeResources.map(withoutEndpointPolicy);
  const intended = [
    ...intendedTriggers(plan),
    ...intendedAlerts(plan),
    ...intendedNetwork(plan),
    ...intendedRoleCarriers(plan),
    ...intendedLogs(plan),
  ];
  const keys = (all: readonly WholeResource[]): ReadonlySet<string> => new Set(all.map(keyOf));
  const [foundKeys, intendedKeys] = [keys(found), keys(intended)];
  return [
    ...found
      .filter((item) => !intendedKeys.has(keyOf(item)))
      .map((t) =>
        finding(t.name, `the templates have a resource of type ${t.type} that is not in the plan: ${inWords(t)}`),
      ),
    ...intended
      .filter((item) => !foundKeys.has(keyOf(item)))
      .map((t) => finding(t.name, `the templates lack the ${t.type} of the plan: ${inWords(t)}`)),
  ];
}

/** The policy of an endpoint is proven for classes of requests, like those of roles. */
function withoutEndpointPolicy(item: WholeResource): WholeResource {
  const { PolicyDocument, ...properties } = item.properties;
  return item.type === 'AWS::EC2::VPCEndpoint' ? { ...item, properties } : item;
}

/** Returns a text that only equal resources share. */
function keyOf({ type, properties }: WholeResource): string {
  return `${type} ${canonical(properties)}`;
}

function inWords({ properties }: WholeResource): string {
  return JSON.stringify(properties).slice(0, 1000);
}
