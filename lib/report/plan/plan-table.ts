import type { AccessPlan } from '../../plan/environment/access-plan';
import type { Results } from '../format/results';

/** Builds the table of a plan, with a row for each principal and each profile that it gets. */
export function planTable({ applications }: AccessPlan): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: ['application', 'principal', 'alias', 'model', 'routing', 'profile', 'models it may reach'],
    rows: applications.flatMap(({ name, roles, existingRoles, existingUsers, generations }) => {
      const principals = [
        ...roles.map((r) => r.arn),
        ...existingRoles.map((role) => `role ${role}`),
        ...existingUsers.map((user) => `user ${user}`),
      ];
      return principals.flatMap((principal) =>
        generations.map((g) => [name, principal, g.alias, g.modelId, g.routing, g.profileName, g.modelArns.join(' ')]),
      );
    }),
  };
}
