import { isUnknownAction } from '../../catalog/actions';
import { isJsonMap } from '../../catalog/json-map';
import type { OuterPolicies } from './outer-policies';

/** Names the actions of the policies that do not exist, so that a statement about them decides nothing. */
export function unknownActions({ serviceControl, session, endpoint }: OuterPolicies): readonly string[] {
  const policies = [...serviceControl.flat(), ...(session ? [session] : []), ...(endpoint ? [endpoint] : [])];
  return policies.flatMap(({ name, document }) => {
    const statements = isJsonMap(document) ? [document['Statement']].flat().filter(isJsonMap) : [];
    const actions = statements.flatMap((s) => [s['Action'], s['NotAction']].flat());
    const unknown = new Set(actions.filter((a) => typeof a === 'string').filter(isUnknownAction));
    return unknown.size === 0
      ? []
      : [`${name}: ${[...unknown].join(', ')}: IAM has no such action, so these names decide nothing`];
  });
}
