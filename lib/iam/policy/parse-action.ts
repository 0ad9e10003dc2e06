import type { Glob } from './glob';
import { isConstant, parseTemplate } from './template';

const ACTION = /^(?:\*|[a-z0-9-]+:[a-z0-9*?]+)$/i;

/**
 * Returns the glob of an action in lower case, or `undefined` for text that is not an action.
 *
 * Wildcards are allowed only after the colon, and variables nowhere (IAM User Guide, "IAM JSON policy elements:
 * Action").
 */
export function parseAction(text: string): Glob | undefined {
  const glob = parseTemplate(text.toLowerCase(), { wildcards: true, variables: false });
  return ACTION.test(text) && glob !== undefined && isConstant(glob) ? glob : undefined;
}
