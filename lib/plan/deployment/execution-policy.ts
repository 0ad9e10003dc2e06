import type { AccessPlan } from '../environment/access-plan';
import { packPolicies } from '../parts/pack-policies';
import { MAX_POLICY_CHARACTERS, policyDocument, type Statement } from '../parts/statement';
import { anomalyStatements } from './anomaly-statements';
import { budgetStatements } from './budget-statements';
import { deploymentStatements } from './deployment-statements';
import { type ExistingPrincipals, executionIamStatements } from './execution-iam';
import { functionStatements } from './function-statements';
import { githubStatements } from './github-statements';
import { instanceProfileStatements } from './instance-profile-statements';
import { keyStatements } from './key-statements';
import { limitStatements } from './limit-statements';
import { loggingStatements } from './logging-statements';
import { networkStatements } from './network-statements';
import { podStatements } from './pod-statements';
import { profileStatements } from './profile-statements';
import { watchStatements } from './watch-statements';

/** The policy for the role with which CloudFormation deploys an environment. It replaces AdministratorAccess. */
export interface ExecutionPolicyPlan {
  readonly statements: readonly Statement[];
  /**
   * The statements, split into policies within the size limit of IAM. The bootstrap attaches all of them to its role.
   */
  readonly documents: readonly (readonly Statement[])[];
  readonly existing: ExistingPrincipals;
  /** Length of the longest document, in characters as IAM counts them. */
  readonly characters: number;
}

/** The statements for each area of the environment. */
const AREAS: readonly ((plan: AccessPlan) => readonly Statement[])[] = [
  profileStatements,
  functionStatements,
  githubStatements,
  instanceProfileStatements,
  podStatements,
  budgetStatements,
  anomalyStatements,
  limitStatements,
  loggingStatements,
  watchStatements,
  keyStatements,
  networkStatements,
];

/**
 * Maximum number of documents. A role takes ten policies (IAM quotas), and other environments and apps also need some
 * of them.
 */
const MAX_DOCUMENTS = 5;

/**
 * Decides the policy with which CloudFormation can deploy an environment, and do nothing else.
 *
 * The policy names the existing roles and users, unless their names would need too many documents or too long a
 * document.
 */
export function planExecutionPolicy(plan: AccessPlan): ExecutionPolicyPlan {
  const named = executionPolicy(plan, 'named');
  return named.documents.length <= MAX_DOCUMENTS && named.characters <= MAX_POLICY_CHARACTERS
    ? named
    : executionPolicy(plan, 'any');
}

function executionPolicy(plan: AccessPlan, existing: ExistingPrincipals): ExecutionPolicyPlan {
  const statements = [
    ...deploymentStatements(plan),
    ...executionIamStatements(plan, existing),
    ...AREAS.flatMap((statementsOf) => statementsOf(plan)),
  ];
  const documents = packPolicies(statements.map((statement) => [statement]));
  const characters = Math.max(...documents.map((document) => JSON.stringify(policyDocument(document)).length));
  return { statements, documents, existing, characters };
}
