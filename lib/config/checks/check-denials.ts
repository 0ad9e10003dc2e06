import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import {
  existsAlready,
  PRINCIPAL_KINDS,
  policyHolder,
  principalName,
  principalSchema,
} from '../principals/principal-schema';
import type { Path, Problem } from '../problem';
import { quoted } from '../quoted';

/** Maximum number of roles, and of users, in one budget action (IamActionDefinition, botocore 1.44.5). */
const MAX_DENIED = 100;

/** Maximum number of managed policies on a role or a user, unless AWS raised the quota (IAM quotas). */
const MAX_POLICIES = 10;

/**
 * Checks whether `atLimit: deny` can attach its denials.
 *
 * A budget action denies a limited number of principals, and a principal can have a limited number of policies. A role
 * that this project creates always has room, because an application has at most eight policies.
 */
export function checkDenials(
  applications: readonly (readonly [name: string, application: JsonMap])[],
): readonly Problem[] {
  const denying = applications.filter(([, a]) => isJsonMap(a['budget']) && a['budget']['atLimit'] === 'deny');
  const allNames = applications.flatMap((a) => existingPrincipals(a).map(({ name }) => name));
  const deniedNames = denying.flatMap((a) => existingPrincipals(a).map(({ name }) => name));
  const policyCount = (name: string): number => [...allNames, ...deniedNames].filter((n) => n === name).length;
  return denying.flatMap((entry): readonly Problem[] => {
    const [application, { principals }] = entry;
    const all = Array.isArray(principals) ? principals.filter(isJsonMap) : [];
    const holders = all.flatMap((p) => PRINCIPAL_KINDS.filter((kind) => kind in p).map(policyHolder));
    return [
      ...(
        [
          ['roles', holders.filter((holder) => holder === 'role').length],
          ['users', holders.filter((holder) => holder === 'user').length],
        ] as const
      )
        .filter(([, count]) => count > MAX_DENIED)
        .map(([kind, count]) => ({
          path: ['applications', application, 'budget', 'atLimit'],
          message: `the application has ${count} ${kind}, but a budget action denies at most ${MAX_DENIED}; let some share a role, or write 'notify'`,
        })),
      ...existingPrincipals(entry)
        .filter(({ name }) => policyCount(name) > MAX_POLICIES)
        .map(({ at, name }) => ({
          path: at,
          severity: 'warning' as const,
          message: `${quoted(name)} is listed in so many applications that it has at least ${policyCount(name)} managed policies while they are denied, but IAM allows ${MAX_POLICIES} unless AWS raised the quota, so a denial could not be attached; give this application its own role`,
        })),
    ];
  });
}

/** Lists the principals of an application that exist already. Several applications may name the same one. */
function existingPrincipals([application, { principals }]: readonly [name: string, application: JsonMap]): readonly {
  readonly at: Path;
  readonly name: string;
}[] {
  return (Array.isArray(principals) ? principals : []).flatMap((principal: unknown, i) => {
    const read = principalSchema.safeParse(principal).data;
    return read !== undefined && existsAlready(read)
      ? [{ at: ['applications', application, 'principals', i], name: principalName(read) }]
      : [];
  });
}
