import { isDeepStrictEqual } from 'node:util';
import type { Account, Gate } from '../../account/account';
import { profileNamed } from '../../account/find-profile';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { finding, type PrincipalFinding } from '../finding/principal-finding';
import { ownFunction } from '../intent/arns';

/**
 * Compares the gates of the templates with the intended ones. A stack would deploy even though its access does not work
 * if it had no gate, or if its gate called another function.
 */
export function compareGates(plan: AccessPlan, account: Account): readonly PrincipalFinding[] {
  const { gates } = account;
  return [
    ...gates
      .filter((found) => !plan.applications.some(({ name }) => name === found.application))
      .map(({ application }) => finding(application, 'the templates have a gate for it that is not in the plan')),
    ...plan.applications.flatMap((application) => {
      const { name } = application;
      const [found, ...others] = gates.filter((g) => g.application === name);
      if (found === undefined || others.length > 0) {
        const count = gates.filter((g) => g.application === name).length;
        return [finding(name, `the templates have ${count} gates for it; the plan has one`)];
      }
      const intended = intendedGate(plan, account, application);
      return (['serviceToken', 'onFailure', 'aliases'] as const)
        .filter((key) => !isDeepStrictEqual(found[key], intended[key]))
        .map((key) =>
          finding(name, `its gate has the ${key} ${words(found[key])}; the plan has ${words(intended[key])}`),
        );
    }),
  ];
}

/** States a second time which function the gate of an application calls, and with which served aliases and profiles. */
function intendedGate(plan: AccessPlan, account: Account, { name, generations }: ApplicationPlan): Gate {
  const arnOf = (profile: string): string => profileNamed(account, profile)?.arn ?? `the profile ${profile}`;
  return {
    application: name,
    serviceToken: ownFunction(plan, 'verification'),
    onFailure: plan.gate,
    aliases: Object.fromEntries(generations.filter((g) => g.served).map((g) => [g.alias, arnOf(g.profileName)])),
  };
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
