import { TemplateError } from '../../account/resource/template-error';
import { TemplateLimit } from '../../account/resource/template-limit';
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
 * Prints the policy with which CloudFormation can deploy an environment. Standard output gets only the document, in the
 * form that `aws iam create-policy` accepts, and only if it is proven for the templates.
 *
 * @throws UsageError for flags that contradict `--execution-policy`
 */
export async function printExecutionPolicy(
  plan: AccessPlan,
  { switches, values, out }: Arguments,
  terminal: Terminal,
): Promise<ExitCode> {
  if (switches.has('statements')) {
    throw new UsageError('--statements and --execution-policy print different policies; give one of them');
  }
  if (out.length > 0) {
    throw new UsageError(
      '--execution-policy does not write to --out; redirect its output: --part 1 > execution-policy-1.json',
    );
  }
  const policy = planExecutionPolicy(plan);
  const parts = policy.documents.length;
  const chosenPart = values['part'];
  // If one of the documents were missing at the bootstrap, a deployment would fail halfway.
  if (chosenPart === undefined && parts > 1 && !switches.has('json')) {
    throw new UsageError(
      `the policy of ${plan.environment} has ${counted(parts, 'document')}, because IAM limits the length of each; print all of them: ${everyPart(plan.environment, parts)}`,
    );
  }
  const part = Number(chosenPart ?? 1);
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
        // A part of a template that is not understood is not wrong usage. It leaves the policy unproven.
        if (error instanceof TemplateError && !(error instanceof TemplateLimit) && error.path.length > 0) {
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

/** Returns the commands that write every document to a file. */
function everyPart(environment: string, parts: number): string {
  return Array.from(
    { length: parts },
    (_, i) =>
      `npx bedrock-access plan ${environment} --execution-policy --part ${i + 1} > execution-policy-${i + 1}.json`,
  ).join('; ');
}
