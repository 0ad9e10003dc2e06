import type { AccessRequest } from '../../../lib/iam/match/access-request';
import { listOf, type NamedPolicy, type OneOrMore, type PolicySet, type Statement } from '../policy-set';

/**
 * A second evaluator, slow and simple, which was written only from the IAM User Guide. It shares no code with the
 * first.
 *
 * It assumes valid policies and never refuses.
 */
export function naiveDecision(
  policies: PolicySet,
  request: AccessRequest,
): 'allowed' | 'implicitDeny' | 'explicitDeny' {
  const { identity, boundary, session, serviceControl = [], endpoint } = policies;
  const one = (policy: NamedPolicy | undefined): NamedPolicy[][] => (policy === undefined ? [] : [[policy]]);
  const layers = [identity, ...one(boundary), ...one(session), ...serviceControl, ...one(endpoint)];
  const keys = keysOf(request);
  const effects = layers.map((layer) =>
    layer.flatMap(({ document }) => {
      const variables = document.Version === '2012-10-17' ? keys : undefined;
      return document.Statement.filter((s) => applies(s, request, keys, variables)).map(({ Effect }) => Effect);
    }),
  );
  if (effects.some((layer) => layer.includes('Deny'))) {
    return 'explicitDeny';
  }
  return effects.every((layer) => layer.includes('Allow')) ? 'allowed' : 'implicitDeny';
}

/** Values of each key, by the key in lower case. */
type Keys = ReadonlyMap<string, readonly string[]>;

function keysOf({ context }: AccessRequest): Keys {
  const present = Object.entries(context).filter(([, values]) => values.length > 0);
  return new Map(present.map(([name, values]) => [name.toLowerCase(), values]));
}

/**
 * Decides whether a statement applies. `variables` has the values of policy variables, if the policy's version has
 * them.
 */
function applies(statement: Statement, request: AccessRequest, keys: Keys, variables: Keys | undefined): boolean {
  const { action, resource } = matchParts(statement, request, variables);
  return (
    action &&
    resource &&
    Object.entries(statement.Condition ?? {}).every(([operator, block]) =>
      Object.entries(block).every(([key, values]) =>
        isMet(operator, keys.get(key.toLowerCase()), listOf(values), variables),
      ),
    )
  );
}

/** Decides whether the statement matches the action, and whether it matches the resource. */
export function matchParts(
  { Action, NotAction, Resource, NotResource }: Statement,
  { action, resource }: AccessRequest,
  variables: Keys | undefined,
): { readonly action: boolean; readonly resource: boolean } {
  const named = (patterns: OneOrMore<string> | undefined): boolean =>
    listOf(patterns).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase(), 'like'));
  const covered = (patterns: OneOrMore<string> | undefined): boolean =>
    listOf(patterns).some((pattern) => pattern === '*' || matches(pattern, resource, 'arn', variables));
  return {
    action: Action === undefined ? !named(NotAction) : named(Action),
    resource: Resource === undefined ? !covered(NotResource) : covered(Resource),
  };
}

function isMet(
  name: string,
  requestValues: readonly string[] | undefined,
  policyValues: readonly (string | boolean)[],
  variables: Keys | undefined,
): boolean {
  const ifExists = name.endsWith('IfExists');
  const [operator = '', set] = name.replace('IfExists', '').split(':').reverse();
  // "… if the context key value resolves to a null dataset, such as an empty string"
  const isEmpty = requestValues === undefined || requestValues.every((value) => value === '');
  if (operator === 'Null') {
    return policyValues.some((value) => String(value) === String(isEmpty));
  }
  const isNegated = operator.includes('Not');
  if (requestValues === undefined) {
    return ifExists || set === 'ForAllValues' || (set === undefined && isNegated);
  }
  if (set !== undefined && isEmpty) {
    return set === 'ForAllValues';
  }
  const fits = (text: string): boolean =>
    policyValues.some((value) => compare(operator, String(value), text, variables)) !== isNegated;
  return set === 'ForAllValues' ? requestValues.every(fits) : requestValues.some(fits);
}

function compare(operator: string, value: string, text: string, variables: Keys | undefined): boolean {
  if (operator === 'Bool') {
    return value.toLowerCase() === text.toLowerCase();
  }
  if (operator.startsWith('Arn')) {
    return matches(value, text, 'arn', variables);
  }
  if (operator.endsWith('IgnoreCase')) {
    return matches(value, text, 'ignoringCase', variables);
  }
  return matches(value, text, operator.endsWith('Like') ? 'like' : 'exact', variables);
}

/**
 * Meaning of `*` and `?`: themselves (`exact`, `ignoringCase`), any characters (`like`), or any characters except a
 * colon in the first five segments of an ARN (`arn`).
 */
type Mode = 'exact' | 'ignoringCase' | 'like' | 'arn';

const COMPILED = new Map<string, RegExp>();

/** Returns true when the pattern, with the values of its variables filled in, matches the whole text. */
export function matches(pattern: string, text: string, mode: Mode, variables?: Keys): boolean {
  if (mode === 'exact' && !pattern.includes('$')) {
    return pattern === text;
  }
  const constant = variables === undefined || !pattern.includes('${');
  const name = `${mode} ${constant} ${pattern}`;
  const regExp = (constant && COMPILED.get(name)) || compile(pattern, mode, variables);
  if (regExp !== undefined && constant) {
    COMPILED.set(name, regExp);
  }
  if (COMPILED.size > 50_000) {
    COMPILED.clear();
  }
  return regExp?.test(text) ?? false;
}

/**
 * Compiles a pattern. Returns `undefined`, which matches nothing, if a variable has no value: it is "effectively null.
 * There is no equal or like value".
 */
function compile(pattern: string, mode: Mode, variables: Keys | undefined): RegExp | undefined {
  let source = '';
  let colons = 0;
  for (const [token] of pattern.matchAll(variables === undefined ? /[\s\S]/gu : /\$\{[^}]*\}|[\s\S]/gu)) {
    const any = mode === 'arn' && colons < 5 ? '[^:]' : '[\\s\\S]';
    colons += token === ':' ? 1 : 0;
    if ((token === '*' || token === '?') && (mode === 'like' || mode === 'arn')) {
      source += token === '*' ? `${any}*` : any;
    } else if (token.length > 2) {
      const value = meaningOf(token.slice(2, -1), variables);
      if (value === undefined) {
        return undefined;
      }
      source += literal(value);
    } else {
      source += literal(token);
    }
  }
  return mode === 'arn' && colons < 5 ? undefined : new RegExp(`^${source}$`, mode === 'ignoringCase' ? 'iu' : 'u');
}

/** Returns the text for `${key}`, `${key, 'default'}` or an escaped `${*}`, `${?}`, `${$}`. */
function meaningOf(inside: string, variables: Keys | undefined): string | undefined {
  const [name = '', fallback] = inside.split(/, *'/);
  return /^[*?$]$/.test(name) ? name : (variables?.get(name.toLowerCase())?.[0] ?? fallback?.slice(0, -1));
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
