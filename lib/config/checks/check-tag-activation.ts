import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import type { Path, Problem } from '../problem';
import { listed } from '../quoted';

/**
 * Warns while nobody has seen that the tag of the budgets is active as a cost allocation tag. AWS Budgets counts costs by
 * that tag, so until then a budget shows $0, and its `atLimit: deny` denies nobody.
 *
 * `active` says that a person saw it. With `activate`, the deployed function activates the tag and looks every day; an
 * account that may not do so cannot be deployed.
 */
export function checkTagActivation(
  environment: JsonMap,
  applications: readonly (readonly [name: string, application: JsonMap])[],
): readonly Problem[] {
  const setting = environment['costAllocationTags'] ?? 'leave';
  const denying = applications
    .filter(([, { budget }]) => isJsonMap(budget) && budget['atLimit'] === 'deny')
    .map(([name]) => name);
  const [first] = denying;
  if (setting !== 'leave' || first === undefined) {
    return [];
  }
  const path: Path =
    'costAllocationTags' in environment ? ['costAllocationTags'] : ['applications', first, 'budget', 'atLimit'];
  const name = typeof environment['name'] === 'string' ? environment['name'] : 'ENV';
  return [{ path, severity: 'warning', message: unseenActivation(denying, name) }];
}

/** Says what does not work before activation was seen, and how to see it. A deployment says the same. */
export function unseenActivation(applications: readonly string[], environment: string): string {
  return `nobody has seen that the cost allocation tag BedrockAccess is active; until it is, the budgets of ${listed(applications)} show $0 and deny nobody; run npx bedrock-access costs ${environment}, and once it sees the tag, write costAllocationTags: active (or activate, in the account that pays)`;
}
