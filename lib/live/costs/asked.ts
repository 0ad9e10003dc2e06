import { CostExplorerFailure } from './cost-explorer';
import { type MissingStep, missingStep } from './missing-step';

/** What Cost Explorer answered, or which step is missing. */
export type Asked<T> = { readonly value: T } | { readonly missing: MissingStep };

/** Asks; a refusal is an answer too, and no reason to keep silent about the rest. */
export async function asked<T>(ask: () => Promise<T>): Promise<Asked<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof CostExplorerFailure) {
      return { missing: missingStep(error) };
    }
    throw error;
  }
}
