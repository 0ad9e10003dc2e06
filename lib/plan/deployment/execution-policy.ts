import type { AccessPlan } from '../environment/access-plan';
import { packPolicies } from '../parts/pack-policies';
import { MAX_POLICY_CHARACTERS, policyDocument, type Statement } from '../parts/statement';
import { anomalyStatements } from './anomaly-statements';
import { budgetStatements } from './budget-statements';
import { deploymentStatements } from './deployment-statements';
import { type Existing, executionIamStatements } from './execution-iam';
import { functionStatements } from './function-statements';
import { githubStatements } from './github-statements';
import { keyStatements } from './key-statements';
import { limitStatements } from './limit-statements';
import { loggingStatements } from './logging-statements';
import { profileStatements } from './profile-statements';
import { watchStatements } from './watch-statements';

/** The policy of the role that CloudFormation deploys an environment with, in place of AdministratorAccess. */
export interface ExecutionPolicyPlan {
  readonly statements: readonly Statement[];
  /** The statements, in policies that IAM takes; the bootstrap gives its role all of them. */
  readonly documents: readonly (readonly Statement[])[];
  readonly existing: Existing;
  /** Length of the longest document as IAM counts it. */
  readonly characters: number;
}

/** What CloudFormation may do, one entry for each concern. Everything has a fixed name or path, but for profiles. */
const CONCERNS: readonly ((plan: AccessPlan) => readonly Statement[])[] = [
  profileStatements,
  functionStatements,
  githubStatements,
  budgetStatements,
  anomalyStatements,
  limitStatements,
  loggingStatements,
  watchStatements,
  keyStatements,
];

/** A role takes ten policies (IAM quotas), and other environments and apps need some of the bootstrap's. */
const MOST_DOCUMENTS = 5;

/**
 * Decides what CloudFormation may do to deploy an environment, and nothing else.
 *
 * Roles and users that exist already are named, unless that takes more or longer documents than the bootstrap's role takes.
 */
export function planExecutionPolicy(plan: AccessPlan): ExecutionPolicyPlan {
  const named = executionPolicy(plan, 'named');
  return named.documents.length <= MOST_DOCUMENTS && named.characters <= MAX_POLICY_CHARACTERS
    ? named
    : executionPolicy(plan, 'any');
}

function executionPolicy(plan: AccessPlan, existing: Existing): ExecutionPolicyPlan {
  const statements = [
    ...deploymentStatements(plan),
    ...executionIamStatements(plan, existing),
    ...CONCERNS.flatMap((concern) => concern(plan)),
  ];
  const documents = packPolicies(statements.map((statement) => [statement]));
  const characters = Math.max(...documents.map((document) => JSON.stringify(policyDocument(document)).length));
  return { statements, documents, existing, characters };
}
