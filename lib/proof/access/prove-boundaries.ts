import type { Account, Principal } from '../../account/account';
import type { RequestContext } from '../../iam/match/access-request';
import { allowEverything } from '../../iam/policy/allow-everything';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type PlannedPrincipal, principalLabel } from '../../plan/environment/principals';
import { serviceRoles } from '../../plan/environment/service-roles';
import type { Part, Violation } from '../finding/proof';
import { requestWords, statementWords } from '../finding/sentence';
import { boundaryIntent, intendedBoundaryArn, probeBoundaryIntent } from '../intent/boundary-intent';
import { IMPOSSIBLE } from '../intent/protected-resources';
import { serviceRoleIntent } from '../intent/service-role-intent';
import { refused } from './class-violation';
import { EXAMPLE_ACTIONS, exampleResources, ownResources } from './examples';
import { proveSpace, type SpaceFinding } from './prove-space';

/** The value of the cost tag of an application. The boundary is the same for all, so it must name none of them. */
const ANY_OWNER = 'any/application';

export const EVERYTHING = allowEverything('a policy that allows everything');

interface PlannedBoundary {
  readonly arn: string;
  readonly intent: Policy;
  /**
   * Condition keys that are known of the roles that have the boundary.
   *
   * @default - none
   */
  readonly known?: RequestContext;
}

/**
 * Proves what each boundary allows to a principal whose policies allow everything. A deny that is missing in a boundary
 * may change no access today, but it changes access as soon as a role gets another policy.
 */
export function proveBoundaries(
  plan: AccessPlan,
  account: Account,
  found: readonly (readonly [PlannedPrincipal, Principal])[],
): readonly Part[] {
  const planned: readonly PlannedBoundary[] = [
    {
      arn: plan.boundary.arn,
      intent: boundaryIntent(plan, ANY_OWNER),
      known: { 'aws:PrincipalTag/BedrockAccess': [ANY_OWNER] },
    },
    { arn: plan.probeBoundary.arn, intent: probeBoundaryIntent() },
    ...serviceRoles(plan).map((role) => ({
      arn: role.boundary.arn,
      intent: serviceRoleIntent(plan, role),
    })),
  ];
  const documents = new Map(
    found.flatMap(([, p]) => (p.boundary === undefined ? [] : [[p.boundary.name, p.boundary]])),
  );
  return planned.map(({ arn, intent, known = {} }: PlannedBoundary): Part => {
    const boundary = documents.get(arn);
    const label = `the boundary ${arn.split('/').at(-1)}`;
    if (boundary === undefined) {
      const message = `no role has ${label}; the plan gives it to roles`;
      return { counts: NOTHING, violations: [{ kind: 'boundary', message, principals: [], about: arn, classes: 1 }] };
    }
    const proof = proveSpace({
      layers: { identity: [EVERYTHING], boundary },
      intent,
      surroundings: {
        actions: EXAMPLE_ACTIONS,
        resources: [...exampleResources(plan, plan.applications[0], account), ...ownResources(plan)],
        known,
      },
    });
    const { classes, allowed, denied } = proof;
    return {
      counts: { classes, decisions: classes, allowed, denied },
      violations: [
        ...refused(proof, [label], arn),
        ...possibleFirst(proof.findings).map((f) => violation(account, label, arn, f, known)),
      ],
    };
  });
}

const NOTHING = { classes: 0, decisions: 0, allowed: 0, denied: 0 };

/** Sorts findings so that requests that cannot occur come last. */
function possibleFirst(findings: readonly SpaceFinding[]): readonly SpaceFinding[] {
  const isImpossible = ({ purpose = '' }: SpaceFinding): boolean => purpose.startsWith(IMPOSSIBLE);
  return [...findings.filter((f) => !isImpossible(f)), ...findings.filter(isImpossible)];
}

function violation(
  account: Account,
  label: string,
  about: string,
  finding: SpaceFinding,
  known: RequestContext,
): Violation {
  const { kind, witness, decidedBy, purpose, classes } = finding;
  const told = Object.fromEntries(Object.entries(witness.context).filter(([key]) => !(key in known)));
  const request = requestWords(account, { ...witness, context: told }, 'every key');
  const by = decidedBy && { policy: decidedBy.policy, sid: decidedBy.statement.sid };
  const messages = {
    excess: `${label} allows ${request}${purpose === undefined ? '' : `; it must enforce: ${purpose}`}`,
    escalation: '',
    missing: `${label} does not allow ${request}${by === undefined ? '' : `; denied by ${statementWords(by)}`}; the plan intends: ${purpose}`,
    undecided: `whether ${label} allows ${request} cannot be decided: ${finding.reason}`,
  };
  return {
    kind: kind === 'undecided' ? kind : 'boundary',
    message: messages[kind],
    principals: [],
    about,
    witness,
    classes,
    ...(by !== undefined &&
      kind !== 'excess' && { decidedBy: { policy: by.policy, ...(by.sid !== undefined && { sid: by.sid }) } }),
  };
}

/** Reports the roles of the plan that do not have the intended boundary. */
export function proveRoleBoundaries(
  plan: AccessPlan,
  found: readonly (readonly [PlannedPrincipal, Principal])[],
): readonly Violation[] {
  return found.flatMap(([planned, { boundary, arn }]): Violation[] => {
    if (planned.origin === 'existing') {
      return [];
    }
    const intended = intendedBoundaryArn(plan, planned);
    if (boundary?.name === intended) {
      return [];
    }
    const own = boundary === undefined ? 'no permissions boundary' : `the boundary ${boundary.name}`;
    const label = principalLabel(planned);
    const message = `${label} has ${own}; the plan gives it ${intended}`;
    return [{ kind: 'boundary', message, principals: [label], about: arn, classes: 1 }];
  });
}
