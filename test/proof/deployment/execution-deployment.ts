import { readTemplateResources, type TemplateResources } from '../../../lib/account/templates/template-resources';
import { type ExecutionPolicyPlan, planExecutionPolicy } from '../../../lib/plan/deployment/execution-policy';
import { type AccessPlan, planAccess } from '../../../lib/plan/environment/access-plan';
import type { Statement } from '../../../lib/plan/parts/statement';
import { type ExecutionNeed, executionNeeds } from '../../../lib/proof/deployment/execution-needs';
import type { ExecutionProof } from '../../../lib/proof/deployment/execution-proof';
import { proveExecution } from '../../../lib/proof/deployment/prove-execution';
import { application, planOf, testEnvironment, worksFrom } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';

/** An environment with its templates and the policy with which CloudFormation deploys them. */
export interface Deployment {
  readonly plan: AccessPlan;
  readonly policy: ExecutionPolicyPlan;
  readonly templates: TemplateResources;
  readonly needs: readonly ExecutionNeed[];
}

export function deploymentOf(plan: AccessPlan): Deployment {
  const templates = readTemplateResources(sharedAssembly(plan), plan.environment);
  return { plan, policy: planExecutionPolicy(plan), templates, needs: executionNeeds(templates) };
}

/**
 * Returns the deployment of an environment of the tests.
 *
 * @param only the applications that are kept; by default all are
 */
export function environmentDeployment(
  name: Parameters<typeof testEnvironment>[0],
  ...only: readonly string[]
): Deployment {
  return deploymentOf(planAccess(testEnvironment(name, ...only)));
}

/** Returns a deployment of one application with an existing role, and of one with an existing user. */
export function smallDeployment(): Deployment {
  return environmentDeployment('dev', 'support-chat', 'market-report');
}

/** Returns the deployment of an environment in the payer account, with the resources that only that account can have. */
export function payerDeployment(): Deployment {
  return deploymentOf(
    planOf(
      {
        chat: application({
          budget: { monthlyUsd: 5, notify: ['a@example.com'] },
          models: { main: worksFrom('eu-central-2')[0] },
        }),
      },
      { costAllocationTags: 'activate', limits: { monthlyUsd: 9 }, region: 'eu-central-2' },
    ),
  );
}

/** Proves the templates with other statements in place of the policy's own. */
export function proofWith(
  { plan, policy, templates, needs }: Deployment,
  statements: readonly Statement[],
): ExecutionProof {
  return proveExecution(plan, { ...policy, statements }, templates, needs);
}
