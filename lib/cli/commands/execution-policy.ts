import { TemplateError } from '../../account/resource/template-error';
import { readTemplateResources } from '../../account/templates/template-resources';
import { planExecutionPolicy } from '../../plan/deployment/execution-policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { policyDocument } from '../../plan/parts/statement';
import type { ExecutionProof } from '../../proof/deployment/execution-proof';
import { noExecutionProof, proveExecution } from '../../proof/deployment/prove-execution';
import { executionDocument } from '../../report/deployment/execution-document';
import { executionLines } from '../../report/deployment/execution-lines';
import { counted } from '../../report/format/counted';
import { inAssembly, requirePlace } from '../read-account';
import { type Arguments, UsageError } from '../terminal/command';
import { EXIT, type ExitCode } from '../terminal/exit';
import type { Terminal } from '../terminal/terminal';

/**
 * Prints the policy that CloudFormation can deploy an environment with: on standard output the document alone, as
 * `aws iam create-policy` takes it, once it is proven for the templates.
 *
 * @throws UsageError for flags that ask for something else as well
 */
export async function printExecutionPolicy(
  plan: AccessPlan,
  { switches, values, out }: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  if (switches.has('statements')) {
    throw new UsageError('--statements shows the policies of the plan, --execution-policy another; give one of them');
  }
  if (out.length > 0) {
    throw new UsageError(
      '--execution-policy prints a document for aws iam create-policy; write it with: --part 1 > execution-policy-1.json',
    );
  }
  const policy = planExecutionPolicy(plan);
  const parts = policy.documents.length;
  const asked = values['part'];
  // Half a policy in a file would be found out in the middle of a deployment.
  if (asked === undefined && parts > 1 && !switches.has('json')) {
    throw new UsageError(
      `the policy of ${plan.environment} is ${counted(parts, 'document')}, since IAM takes no longer one; print each: ${everyPart(plan.environment, parts)}`,
    );
  }
  const part = Number(asked ?? 1);
  const document = policy.documents[part - 1];
  if (document === undefined) {
    throw new UsageError(`--part ${part}: the policy of ${plan.environment} has ${counted(parts, 'document')}`);
  }
  const proof = await inAssembly(
    plan,
    values['assembly'],
    terminal.progress,
    async (folder): Promise<ExecutionProof> => {
      try {
        const templates = readTemplateResources(folder, plan.environment);
        requirePlace(plan, folder, templates.first);
        return proveExecution(plan, policy, templates);
      } catch (error) {
        // Something within a template that is not understood is no wrong usage: it leaves the policy unproven.
        if (error instanceof TemplateError && error.path.length > 0) {
          return noExecutionProof(error.message);
        }
        throw error;
      }
    },
  );
  const exitCode = proof.violations.length === 0 ? EXIT.clean : EXIT.found;
  const report = { plan, policy, part, proof };
  if (switches.has('json')) {
    terminal.out(JSON.stringify(executionDocument(report, exitCode), null, 2));
    return exitCode;
  }
  if (exitCode === EXIT.clean) {
    terminal.out(JSON.stringify(policyDocument(document), null, 2));
  }
  terminal.err(...executionLines(report, terminal));
  return exitCode;
}

/** The commands that write every document. */
function everyPart(environment: string, parts: number): string {
  return Array.from(
    { length: parts },
    (_, i) =>
      `npx bedrock-access plan ${environment} --execution-policy --part ${i + 1} > execution-policy-${i + 1}.json`,
  ).join('; ');
}
