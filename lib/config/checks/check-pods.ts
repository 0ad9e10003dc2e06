import type { JsonMap } from '../../catalog/json-map';
import { principalName, principalSchema } from '../principals/principal-schema';
import type { Problem } from '../problem';
import { quoted } from '../quoted';

/**
 * Refuses pods that two applications name. EKS associates one role with a service account (EKS User Guide, "Learn how
 * EKS Pod Identity grants Pods access to AWS services", 2026-11-30), so the second stack could not be deployed.
 */
export function checkPods(
  applications: readonly (readonly [name: string, application: JsonMap])[],
): readonly Problem[] {
  const first = new Map<string, string>();
  return applications.flatMap(([application, { principals }]) =>
    (Array.isArray(principals) ? principals : []).flatMap((principal: unknown, i): readonly Problem[] => {
      const read = principalSchema.safeParse(principal).data;
      if (read?.kind !== 'pods') {
        return [];
      }
      const pods = principalName(read);
      const other = first.get(pods) ?? application;
      first.set(pods, other);
      return other === application
        ? []
        : [
            {
              path: ['applications', application, 'principals', i],
              message: `the application ${quoted(other)} has ${quoted(pods)} already, and EKS gives a service account one role; name another service account`,
            },
          ];
    }),
  );
}
