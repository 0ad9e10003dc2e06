import type { Account, Principal } from '../../account/account';
import { isAssumed } from '../../account/assumed-policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { planDigest } from '../../plan/environment/plan-digest';
import { policies } from '../../plan/environment/policies';
import { type PlannedPrincipal, principalLabel } from '../../plan/environment/principals';
import type { Violation } from '../finding/proof';
import { staleTemplates } from '../finding/stale-templates';
import { compareFunctions } from '../templates/compare-functions';
import { unplannedPrincipals } from '../templates/unplanned-principals';
import { intendedFurther } from './prove-further';

/**
 * Proves that the templates come from this plan, and contain its principals, policies and functions and no others.
 */
export function proveInventory(
  plan: AccessPlan,
  account: Account,
  pairs: readonly (readonly [PlannedPrincipal, Principal | undefined])[],
): readonly Violation[] {
  const functions = compareFunctions(plan, account);
  const planned = new Set(policies(plan).map(({ arn }) => arn));
  const wrong = (kind: Violation['kind'], about: string, message: string, principals: readonly string[] = []) => ({
    kind,
    about,
    message,
    principals,
    classes: 1,
  });
  const stale = account.planDigest !== planDigest(plan);
  return [
    ...(stale ? [wrong('coverage', plan.environment, staleTemplates(plan))] : []),
    ...pairs
      .filter(([, p]) => p === undefined)
      .map(([p]) => principalLabel(p))
      .map((label) => wrong('coverage', label, `${label} is in the plan and not in the templates`, [label])),
    ...unplannedPrincipals(plan, account).map(({ principal, message }) =>
      wrong('excess', principal.arn, `${message}: ${principal.arn}`, [principalLabel(principal)]),
    ),
    ...account.principals
      .filter((p, i, all) => all.findIndex((other) => other.arn === p.arn) !== i)
      .map((p) => wrong('undecided', p.arn, `two principals of the templates have the ARN ${p.arn}`)),
    ...pairs
      .filter(([{ origin }, p]) => origin === 'existing' && p?.complete === true)
      .map(([{ kind, name }, p]) => {
        const label = principalLabel({ kind, name });
        const message = `the templates create ${label}, which exists already according to the plan`;
        return wrong('excess', p?.arn ?? label, message, [label]);
      }),
    ...pairs.flatMap(([planned, found]) => furtherViolations(planned, found)),
    ...functions.filter(({ kind }) => kind === 'resource').map((f) => wrong(f.kind, f.about, f.message)),
    ...account.managedPolicies
      .filter((arn) => !planned.has(arn))
      .map((arn) => wrong('excess', arn, `the templates have a managed policy that is not in the plan: ${arn}`)),
    ...account.duplicateNames.map((name) =>
      wrong('undecided', name, `two resources of the templates are called ${name}`),
    ),
    ...functions.filter(({ kind }) => kind === 'excess').map((f) => wrong(f.kind, f.about, f.message)),
    ...account.unread.map(({ type, logicalId, templateFile }) =>
      wrong(
        'undecided',
        logicalId,
        type === 'template parameter'
          ? `${templateFile} at Parameters.${logicalId}: the content of a template must not depend on a parameter`
          : `${templateFile} at Resources.${logicalId}: the access that ${type} grants is not understood`,
      ),
    ),
  ];
}

/** Compares the policies that no template defines with those that the file names for the principal. */
function furtherViolations(planned: PlannedPrincipal, found: Principal | undefined): readonly Violation[] {
  const further = intendedFurther(planned);
  const carried = (found?.policies ?? []).filter(isAssumed).map(({ name }) => name);
  const label = principalLabel(planned);
  const about = found?.arn ?? label;
  return [
    ...carried
      .filter((arn) => !further.includes(arn))
      .map((arn) => ({
        kind: 'excess' as const,
        message: `${label} carries ${arn}, which the environment file does not name`,
      })),
    ...further
      .filter((arn) => found !== undefined && !carried.includes(arn))
      .map((arn) => ({
        kind: 'missing' as const,
        message: `${label} does not carry ${arn}, which the environment file names`,
      })),
  ].map((violation) => ({ ...violation, principals: [label], about, classes: 1 }));
}
