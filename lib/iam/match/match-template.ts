import { isMultivalued } from '../../catalog/condition-keys';
import type { Glob, Wildcard } from '../policy/glob';
import { quote } from '../policy/quote';
import { isConstant, type Template } from '../policy/template';
import type { ContextKeys } from './context-keys';
import type { Match } from './match';

/**
 * Fills in the policy variables and tests the resulting pattern.
 *
 * A pattern whose variable has no value matches nothing, so a negated operator is met (IAM User Guide, "Variables and
 * tags"). In NotResource that would mean every resource, which AWS does not document; the answer is undecided there. A
 * variable with several values is undecided too.
 */
export function matchTemplate(
  template: Template,
  keys: ContextKeys,
  negated: boolean,
  test: (glob: Glob) => Match,
): Match {
  if (isConstant(template)) {
    return test(template);
  }
  const glob: (string | Wildcard)[] = [];
  for (const piece of template) {
    if (typeof piece !== 'object') {
      glob.push(piece);
      continue;
    }
    if (isMultivalued(piece.key)) {
      return [
        `the variable ${quote(piece.key)} stands for a key that may have several values, which AWS does not allow`,
      ];
    }
    const values = keys.get(piece.key) ?? [piece.fallback];
    const [value] = values;
    if (values.length > 1) {
      return [`the variable ${quote(piece.key)} has ${values.length} values in the request; only one can be inserted`];
    }
    if (value === undefined) {
      return negated ? [`the variable ${quote(piece.key)} is not in the request, but a negated match needs it`] : false;
    }
    glob.push(value);
  }
  return test(glob);
}
