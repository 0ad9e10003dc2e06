import { TemplateError } from '../../../lib/account/resource/template-error';
import { type AssemblyContent, readAssemblyContent } from '../../../lib/account/templates/assembly-content';
import { proveFolder, type Subject } from '../../../lib/cli/prove-environment';
import { readAccount } from '../../../lib/cli/read-account';
import { assemblyViolations } from '../../../lib/proof/templates/assembly-violations';
import { compareAssemblies } from '../../../lib/proof/templates/compare-assemblies';

/** What `prove --assembly` says. A refusal ends with exit code 2. */
export interface Verdict {
  readonly outcome: 'proven' | 'found' | 'refused';
  readonly messages: readonly string[];
}

/**
 * Decides as `prove --assembly` does, which calls the same functions. A difference is a violation whatever the access is,
 * so the access is proven only where there is no difference. That saves most of the time.
 *
 * @throws any other error than `prove` expects
 */
export function judgeAssembly(subject: Subject, folder: string, expected: AssemblyContent): Verdict {
  try {
    const content = readAssemblyContent(folder, subject.plan.environment);
    const differences = assemblyViolations(compareAssemblies(content, expected), false);
    if (differences.length > 0) {
      const messages = [...differences.map(({ message }) => message), ...partsNotRead(subject, folder)];
      return { outcome: 'found', messages };
    }
    const { proof } = proveFolder(subject, folder, { serviceControl: [] }, () => undefined);
    const messages = proof.violations.map(({ message, about }) => `${about}: ${message}`);
    return { outcome: messages.length > 0 ? 'found' : 'proven', messages };
  } catch (error) {
    if (error instanceof TemplateError) {
      return { outcome: 'refused', messages: [error.message] };
    }
    throw error;
  }
}

/** Returns why a part of a template is not understood, which `prove` reports as undecided. */
function partsNotRead({ plan }: Subject, folder: string): readonly string[] {
  try {
    readAccount(plan, folder);
    return [];
  } catch (error) {
    if (error instanceof TemplateError && error.path.length > 0) {
      return [error.message];
    }
    throw error;
  }
}
