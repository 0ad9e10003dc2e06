import type { Environment } from '../../config/environment';
import type { OuterPolicies } from './outer-policies';

/** Returns what the environment file says and no plan has: the ARNs of existing roles, and the limits for models. */
export function factsOfFile({ applications, limits }: Environment): Pick<OuterPolicies, 'limits' | 'roleArns'> {
  const roles = Object.values(applications).flatMap(({ principals }) =>
    principals.flatMap((p) => (p.kind === 'role' && p.role.startsWith('arn:') ? [p.role] : [])),
  );
  return {
    roleArns: Object.fromEntries(roles.map((arn) => [arn.split('/').at(-1) ?? arn, arn])),
    ...(limits !== undefined && { limits }),
  };
}
