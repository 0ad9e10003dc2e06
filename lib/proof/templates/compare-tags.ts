import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { principals } from '../../plan/environment/principals';
import { finding, type PrincipalFinding } from '../finding/principal-finding';

type Tags = Readonly<Record<string, string>>;

/** Something that costs are told apart by, as the templates have it. */
interface Tagged {
  readonly kind: 'profile' | 'role' | 'budget';
  readonly about: string;
  readonly name: string;
  readonly tags: Tags;
}

/**
 * Where profiles, roles and budgets of the templates break the tag contract: a tag that the file requires is missing, a tag
 * is another than planned, or a role and a profile of one application say different things. In billing the profile's tag
 * wins over that of the role that called it, so that nobody would see what the role's says.
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
    // What exists outside the templates has tags that nobody here sees.
    ...principals
      .filter(({ kind, complete }) => kind === 'role' && complete)
      .map(({ arn, name, tags }): Tagged => ({ kind: 'role', about: arn, name, tags })),
    ...budgets.map(({ name, tags }): Tagged => ({ kind: 'budget', about: name, name, tags })),
  ];
}

/** By ARN or name; what profiles have is compared with everything else of them. */
function plannedTags(plan: AccessPlan): ReadonlyMap<string, Tags> {
  const { applications, billing, tags } = plan;
  return new Map([
    ...principals(plan).flatMap((p): [string, Tags][] => (p.origin === 'existing' ? [] : [[p.arn, p.tags]])),
    ...(billing.budget === undefined ? [] : [[billing.budget.name, tags] as [string, Tags]]),
    ...applications.flatMap((a): [string, Tags][] => (a.budget === undefined ? [] : [[a.budget.name, a.tags]])),
  ]);
}

/** IAM tells no upper case from lower case in keys, so that `team` and `Team` are one. */
function conflicts(role: Tagged, profiles: readonly Tagged[]): readonly PrincipalFinding[] {
  const said = new Map(Object.entries(role.tags).map(([key, value]) => [key.toLowerCase(), { key, value }]));
  const others = profiles.flatMap(({ name, tags }) =>
    Object.entries(tags).flatMap(([key, value]) => {
      const own = said.get(key.toLowerCase());
      return own === undefined || (own.key === key && own.value === value)
        ? []
        : [finding(role.about, `has the tag ${own.key} '${own.value}', and its profile ${name} ${key} '${value}'`)];
    }),
  );
  return others.slice(0, 1);
}
