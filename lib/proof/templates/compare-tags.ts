import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principals } from '../../plan/environment/principals';
import { finding, type PrincipalFinding } from '../finding/principal-finding';

type Tags = Readonly<Record<string, string>>;

/** A tagged resource of the templates. Billing allocates costs by its tags. */
interface Tagged {
  readonly kind: 'profile' | 'role' | 'budget';
  readonly about: string;
  readonly name: string;
  readonly tags: Tags;
}

/**
 * Lists the tags of profiles, roles and budgets that are wrong: a tag that the environment file requires is missing, a
 * tag differs from the plan, or a role and a profile of one application have different tags. In billing, the profile's
 * tag overrides that of the calling role, so the tag of the role would never be seen.
 */
export function compareTags(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const found = tagged(account);
  const planned = plannedTags(plan);
  return [
    ...found.flatMap(({ kind, about, tags }) =>
      plan.requiredTags
        .filter((key) => (tags[key] ?? '') === '')
        .map((key) => finding(about, `this ${kind} lacks the tag ${key}, which the environment file requires`)),
    ),
    ...found.flatMap(({ about, tags }) =>
      Object.entries(planned.get(about) ?? {})
        .filter(([key, value]) => tags[key] !== value)
        .map(([key, value]) => finding(about, `has the tag ${key} '${tags[key] ?? ''}'; the plan has '${value}'`)),
    ),
    ...plan.applications.flatMap(({ tags: { BedrockAccess: own } }) => {
      const ours = found.filter(({ tags }) => tags['BedrockAccess'] === own);
      const profiles = ours.filter(({ kind }) => kind === 'profile');
      return ours.filter(({ kind }) => kind === 'role').flatMap((role) => conflicts(role, profiles));
    }),
  ];
}

function tagged({ profiles, principals, budgets }: Account): readonly Tagged[] {
  return [
    ...profiles.map(({ arn, name, tags }): Tagged => ({ kind: 'profile', about: arn, name, tags })),
    // The tags of an existing role are not in the templates.
    ...principals
      .filter(({ kind, complete }) => kind === 'role' && complete)
      .map(({ arn, name, tags }): Tagged => ({ kind: 'role', about: arn, name, tags })),
    ...budgets.map(({ name, tags }): Tagged => ({ kind: 'budget', about: name, name, tags })),
  ];
}

/**
 * Returns the planned tags of roles by ARN and of budgets by name. Tags of profiles are compared in `compareResources`.
 */
function plannedTags(plan: AccessPlan): ReadonlyMap<string, Tags> {
  const { applications, billing, tags } = plan;
  return new Map([
    ...principals(plan).flatMap((p): [string, Tags][] => (p.origin === 'existing' ? [] : [[p.arn, p.tags]])),
    ...(billing.budget === undefined ? [] : [[billing.budget.name, tags] as [string, Tags]]),
    ...applications.flatMap((a): [string, Tags][] => (a.budget === undefined ? [] : [[a.budget.name, a.tags]])),
  ]);
}

/**
 * Reports the first tag in which a role and a profile differ. IAM ignores the case of keys: `team` and `Team` are one
 * key.
 */
function conflicts(role: Tagged, profiles: readonly Tagged[]): readonly PrincipalFinding[] {
  const ownTags = new Map(Object.entries(role.tags).map(([key, value]) => [key.toLowerCase(), { key, value }]));
  const others = profiles.flatMap(({ name, tags }) =>
    Object.entries(tags).flatMap(([key, value]) => {
      const own = ownTags.get(key.toLowerCase());
      return own === undefined || (own.key === key && own.value === value)
        ? []
        : [finding(role.about, `has the tag ${own.key} '${own.value}', but its profile ${name} has ${key} '${value}'`)];
    }),
  );
  return others.slice(0, 1);
}
