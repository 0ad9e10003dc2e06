import type { Account } from '../../account/account';
import { profileNamed } from '../../account/find-profile';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { profileIdOf } from '../../plan/parts/profile-reference';
import { accountArns } from '../finding/account-arns';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import { intendedGeneration } from '../intent/intended-generation';
import { limitParameters } from '../intent/limit-parameters';
import { compareBudgets } from './compare-budgets';
import { compareGates } from './compare-gates';
import { compareTags } from './compare-tags';
import { compareWholeResources } from './compare-whole-resources';

/**
 * Lists the differences between the templates and the plan in profiles, alias parameters, limits, gates, budgets, tags,
 * and resources that are compared with all their properties.
 */
export function compareResources(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  return [
    ...compareProfiles(plan, account),
    ...compareParameters(plan, account),
    ...compareGates(plan, account),
    ...compareWholeResources(plan, account),
    ...compareBudgets(plan, account),
    ...compareTags(plan, account),
  ];
}

function compareProfiles(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const planned = [
    { generation: plan.decoy, tags: plan.tags },
    ...plan.applications.flatMap(({ generations, tags }) => generations.map((generation) => ({ generation, tags }))),
  ];
  const names = planned.map(({ generation }) => generation.profileName);
  return [
    ...account.profiles
      .filter((p) => !names.includes(p.name))
      .map((p) => finding(p.arn, `the templates have a profile '${p.name}' that is not in the plan`)),
    ...planned.flatMap(({ generation, tags }) => {
      const { profileName } = generation;
      const { copyFrom } = intendedGeneration(plan, generation);
      const found = profileNamed(account, profileName);
      if (found === undefined) {
        return [finding(profileName, 'is in the plan and not in the templates')];
      }
      const wrong = Object.entries(tags).filter(([key, value]) => found.tags[key] !== value);
      return [
        ...(found.copyFrom === copyFrom
          ? []
          : [finding(found.arn, `copies from ${found.copyFrom}; the plan has ${copyFrom}`)]),
        ...wrong.map(([key, value]) =>
          finding(found.arn, `has the tag ${key} '${found.tags[key] ?? ''}'; the plan has '${value}'`),
        ),
      ];
    }),
  ];
}

function compareParameters(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const withArns = accountArns(account);
  const planned = new Map([
    ...plan.applications.flatMap(({ parameters, profileIds, generations }) => [
      ...parameters.flatMap(({ name, value, details }): readonly [string, string][] => [
        [name, withArns(value)],
        [`${name}.json`, JSON.stringify(withArns(details))],
      ]),
      [profileIds.name, generations.map((g) => profileIdOf(withArns(g.profileArn))).join(',')] as const,
    ]),
    ...limitParameters(plan),
  ]);
  const found = new Map(account.parameters.map((p) => [p.name, p.value]));
  return [
    ...[...found.keys()]
      .filter((name) => !planned.has(name))
      .map((name) => finding(name, 'the templates have a parameter that is not in the plan')),
    ...[...planned].flatMap(([name, value]) => {
      const actual = found.get(name);
      return actual === value ? [] : [finding(name, `holds ${actual ?? 'nothing'}; the plan has ${value}`)];
    }),
  ];
}
