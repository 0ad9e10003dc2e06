import { isDeepStrictEqual } from 'node:util';
import { groupBy } from '../../../aws/group-by';
import type { Trigger } from '../../account/account';
import { finding, type PrincipalFinding } from '../finding/principal-finding';

/** What is there and not intended, and what is intended and not there, each compared with all its properties. */
export function compareWhole(found: readonly Trigger[], intended: readonly Trigger[]): readonly PrincipalFinding[] {
  const byKind = (all: readonly Trigger[]): ReadonlyMap<string, readonly Trigger[]> => groupBy(all, kindOf);
  const [there, wanted] = [byKind(found), byKind(intended)];
  const lacks = (all: ReadonlyMap<string, readonly Trigger[]>, item: Trigger): boolean =>
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
function kindOf({ type, properties }: Trigger): string {
  return `${type} ${String(properties['TopicName'] ?? properties['Topics'] ?? '')}`;
}

function inWords({ properties }: Trigger): string {
  return JSON.stringify(properties).slice(0, 1000);
}
