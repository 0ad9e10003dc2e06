import type { Account } from '../account/account';
import { TemplateError } from '../account/resource/template-error';
import { TemplateLimit } from '../account/resource/template-limit';
import { readAssemblyContent } from '../account/templates/assembly-content';
import type { Environment } from '../config/environment';
import type { AccessPlan } from '../plan/environment/access-plan';
import { planDigest } from '../plan/environment/plan-digest';
import { nothingProven } from '../proof/access/nothing-proven';
import { proveAccess } from '../proof/access/prove-access';
import { type Proof, sortViolations } from '../proof/finding/proof';
import { withLines } from '../proof/finding/with-lines';
import { comparePlanWithFile } from '../proof/intent/compare-plan-with-file';
import { factsOfFile } from '../proof/outer/facts-of-file';
import type { OuterPolicies } from '../proof/outer/outer-policies';
import { assemblyViolations } from '../proof/templates/assembly-violations';
import { compareAssembly } from './compare-assembly';
import { inAssembly, readAccount } from './read-account';

export interface ProvenEnvironment {
  readonly proof: Proof;
  /**
   * The account that the templates describe.
   *
   * @default - a part of the templates is not understood; the proof names it
   */
  readonly account?: Account;
}

/** What is proven: an environment, its plan, and the folder with `cdk.json`. */
export interface Subject {
  readonly environment: Environment;
  readonly plan: AccessPlan;
  readonly project: string;
}

/**
 * Proves the templates of an environment, and that their plan is what its file asks for. They are synthesized for the
 * plan, or read from a `cdk.out` folder. Such a folder is compared as a whole with what this checkout synthesizes.
 *
 * @throws TemplateError when the templates cannot be read at all, or belong to another environment
 */
export async function proveEnvironment(
  subject: Subject,
  assembly: string | undefined,
  outer: OuterPolicies,
  progress: (phase: string) => void,
): Promise<ProvenEnvironment> {
  const { plan } = subject;
  // An assembly that goes beyond what is read is refused before anything is proven.
  const found = assembly === undefined ? undefined : readAssemblyContent(assembly, plan.environment);
  const proven = await inAssembly(plan, assembly, progress, async (folder) =>
    proveFolder(subject, folder, outer, progress),
  );
  if (found === undefined) {
    return proven;
  }
  progress(`comparing ${assembly} with what this checkout synthesizes`);
  const differences = await compareAssembly(plan, found, subject.project, async (all) => all);
  const isStale = proven.account !== undefined && proven.account.planDigest !== planDigest(plan);
  const { proof } = proven;
  const violations = sortViolations([...assemblyViolations(differences, isStale), ...proof.violations]);
  return { ...proven, proof: { ...proof, violations } };
}

/** Proves the templates of a folder, without a comparison with what this checkout synthesizes. */
export function proveFolder(
  { environment, plan }: Subject,
  folder: string,
  outer: OuterPolicies,
  progress: (phase: string) => void,
): ProvenEnvironment {
  let account: Account;
  try {
    account = readAccount(plan, folder);
  } catch (error) {
    // A part of a template that is not understood is not wrong usage. It leaves the access unproven.
    if (error instanceof TemplateError && !(error instanceof TemplateLimit) && error.path.length > 0) {
      return { proof: nothingProven(plan, error.message, String(error.path[1] ?? '')) };
    }
    throw error;
  }
  progress(`proving ${account.principals.length} principals`);
  const proof = proveAccess(plan, account, { ...outer, ...factsOfFile(environment) });
  return {
    proof: {
      ...proof,
      violations: [...comparePlanWithFile(plan, environment), ...withLines(proof.violations, environment)],
    },
    account,
  };
}
