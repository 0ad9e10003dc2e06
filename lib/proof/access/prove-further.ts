import type { Account } from '../../account/account';
import { isAssumed } from '../../account/assumed-policy';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type PlannedPrincipal, principalLabel } from '../../plan/environment/principals';
import type { Part } from '../finding/proof';
import { principalWords, requestWords } from '../finding/sentence';
import { conditionedIntent } from '../intent/conditioned-intent';
import { refused } from './class-violation';
import { EXAMPLE_ACTIONS, exampleResources, exampleValues, ownResources } from './examples';
import type { PrincipalGroup } from './principal-group';
import { EVERYTHING } from './prove-boundaries';
import { proveSpace } from './prove-space';

/** Lists the managed policies that a principal of the file carries besides. The planned role is not read. */
export function intendedFurther(planned: PlannedPrincipal): readonly string[] {
  return planned.origin === 'application' && planned.role.principal.kind !== 'probe'
    ? (planned.role.principal.policies ?? [])
    : [];
}

/** Returns the policies whose text is known. Others that the file does not name are reported by `proveInventory`. */
export function knownPolicies(policies: readonly Policy[]): readonly Policy[] {
  return policies.filter((policy) => !isAssumed(policy));
}

/**
 * Proves what a role with further policies may do, whatever these policies say or will say: everything that the
 * boundary of its application allows, and of the application's own calls only those with its guardrail and its tiers.
 *
 * The grants of the application are left out: they allow nothing that the further policies could not.
 */
export function proveFurther(
  plan: AccessPlan,
  account: Account,
  { planned, applications, principal }: PrincipalGroup,
): readonly Part[] {
  const [first] = planned;
  const [application] = applications;
  const { boundary } = principal;
  if (
    first === undefined ||
    application === undefined ||
    boundary === undefined ||
    intendedFurther(first).length === 0
  ) {
    return [];
  }
  const labels = planned.map(principalLabel);
  const denying = knownPolicies(principal.policies).filter(deniesSomething);
  const proof = proveSpace({
    layers: { identity: [EVERYTHING, ...denying], boundary },
    intent: conditionedIntent(plan, application),
    surroundings: {
      actions: EXAMPLE_ACTIONS,
      resources: [...exampleResources(plan, application, account), ...ownResources(plan)],
      values: exampleValues(plan, application, account),
      known: { 'aws:PrincipalTag/BedrockAccess': [`${plan.environment}/${application.name}`] },
    },
  });
  const { classes, allowed, denied } = proof;
  const who = principalWords(labels);
  return [
    {
      counts: { classes, decisions: classes, allowed, denied },
      violations: [
        ...refused(proof, labels, principal.arn),
        ...proof.findings.map(({ kind, witness, purpose, reason, classes: count }) => {
          const request = requestWords(account, witness, 'every key');
          const messages = {
            excess: `${who} may ${request} if a further policy allows it${purpose === undefined ? '' : `; it must enforce: ${purpose}`}`,
            escalation: '',
            missing: `${who} may not ${request}, whatever its further policies say; the plan intends: ${purpose}`,
            undecided: `whether ${who} may ${request} with a further policy cannot be decided: ${reason}`,
          };
          return { kind, message: messages[kind], principals: labels, about: principal.arn, witness, classes: count };
        }),
      ],
    },
  ];
}

/** True for a policy with a statement that denies something. */
function deniesSomething(policy: Policy): boolean {
  return parsePolicy(policy, 'identity').statements.some(({ effect }) => effect === 'Deny');
}
