import { CostExplorerFailure } from './cost-explorer';
import { type MissingStep, missingStep } from './missing-step';

/** Answer of Cost Explorer, or the step that is missing to get one. */
export type CostAnswer<T> = { readonly value: T } | { readonly missing: MissingStep };

/**
 * Asks Cost Explorer. A refusal is returned and not thrown, so that the other costs are still reported.
 *
 * @throws every error that is no `CostExplorerFailure`
 */
export async function askCostExplorer<T>(ask: () => Promise<T>): Promise<CostAnswer<T>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof CostExplorerFailure) {
      return { missing: missingStep(error) };
    }
    throw error;
  }
}
