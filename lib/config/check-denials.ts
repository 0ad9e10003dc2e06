import { isJsonMap, type JsonMap } from '../catalog/json-map';
import { principalName } from './check-principals';
import { PRINCIPAL_KINDS } from './environment-schema';
import type { Path, Problem } from './problem';
import { quoted } from './quoted';

/** Roles, and users, that the action of a budget takes (IamActionDefinition, botocore 1.44.5). */
const MAX_DENIED = 100;

/** Managed policies that a role or a user carries, unless AWS raised the quota (IAM quotas). */
const MAX_POLICIES = 10;

/**
 * What `atLimit: deny` cannot do: attach a denial to more principals than a budget's action takes, or to one that carries
 * as many policies as it may. A role that this project makes has room: its application's policies are eight at most.
 */
export function checkDenials(
  applications: readonly (readonly [name: string, application: JsonMap])[],
): readonly Problem[] {
  const denying = applications.filter(([, a]) => isJsonMap(a['budget']) && a['budget']['atLimit'] === 'deny');
  const everywhere = applications.flatMap((a) => existing(a).map(({ name }) => name));
  const denied = denying.flatMap((a) => existing(a).map(({ name }) => name));
  const carried = (name: string): number => [...everywhere, ...denied].filter((n) => n === name).length;
  return denying.flatMap((entry): readonly Problem[] => {
    const [application, { principals }] = entry;
    const all = Array.isArray(principals) ? principals.filter(isJsonMap) : [];
    const users = all.filter((p) => 'user' in p).length;
    return [
      ...(
        [
          ['roles', all.length - users],
          ['users', users],
        ] as const
      )
        .filter(([, count]) => count > MAX_DENIED)
        .map(([kind, count]) => ({
          path: ['applications', application, 'budget', 'atLimit'],
          message: `${count} ${kind} are more than the ${MAX_DENIED} that the action of a budget denies; let some share a role, or write 'notify'`,
        })),
      ...existing(entry)
        .filter(({ name }) => carried(name) > MAX_POLICIES)
        .map(({ at, name }) => ({
          path: at,
          severity: 'warning' as const,
          message: `${quoted(name)} is in so many applications that it carries ${carried(name)} managed policies or more while they are denied, and IAM takes ${MAX_POLICIES} unless AWS raised the quota: a denial could not be attached; give this application a role of its own`,
        })),
    ];
  });
}

/** The principals of an application that exist already, and so may be those of several. */
function existing([application, { principals }]: readonly [name: string, application: JsonMap]): readonly {
  readonly at: Path;
  readonly name: string;
}[] {
  return (Array.isArray(principals) ? principals : []).flatMap((principal: unknown, i) => {
    const kind = isJsonMap(principal) ? PRINCIPAL_KINDS.find((k) => k in principal) : undefined;
    const name = isJsonMap(principal) && (kind === 'role' || kind === 'user') && principalName(kind, principal[kind]);
    return typeof name === 'string' ? [{ at: ['applications', application, 'principals', i], name }] : [];
  });
}
