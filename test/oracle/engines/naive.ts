import type { AccessRequest } from '../../../lib/iam/match/access-request';
import { listOf, type NamedPolicy, type OneOrMore, type PolicySet, type Statement } from '../policy-set';

/**
 * A second evaluator, slow and simple, written from the IAM User Guide alone; it shares no code with the first.
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
      const known = document.Version === '2012-10-17' ? keys : undefined;
      return document.Statement.filter((s) => applies(s, request, keys, known)).map(({ Effect }) => Effect);
    }),
  );
  if (effects.some((layer) => layer.includes('Deny'))) {
    return 'explicitDeny';
  }
  return effects.every((layer) => layer.includes('Allow')) ? 'allowed' : 'implicitDeny';
}

/** Lower-case key -> values. */
type Keys = ReadonlyMap<string, readonly string[]>;

function keysOf({ context }: AccessRequest): Keys {
  const present = Object.entries(context).filter(([, values]) => values.length > 0);
  return new Map(present.map(([name, values]) => [name.toLowerCase(), values]));
}

/** `known` holds what policy variables stand for; it is absent where the policy's version has no variables. */
function applies(statement: Statement, request: AccessRequest, keys: Keys, known: Keys | undefined): boolean {
  const { action, resource } = isAbout(statement, request, known);
  return (
    action &&
    resource &&
    Object.entries(statement.Condition ?? {}).every(([operator, block]) =>
      Object.entries(block).every(([key, values]) =>
        isMet(operator, keys.get(key.toLowerCase()), listOf(values), known),
      ),
    )
  );
}

/** Whether the statement names the action, and whether it names the resource. */
export function isAbout(
  { Action, NotAction, Resource, NotResource }: Statement,
  { action, resource }: AccessRequest,
  known: Keys | undefined,
): { readonly action: boolean; readonly resource: boolean } {
  const named = (patterns: OneOrMore<string> | undefined): boolean =>
    listOf(patterns).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase(), 'like'));
  const covered = (patterns: OneOrMore<string> | undefined): boolean =>
    listOf(patterns).some((pattern) => pattern === '*' || matches(pattern, resource, 'arn', known));
  return {
    action: Action === undefined ? !named(NotAction) : named(Action),
    resource: Resource === undefined ? !covered(NotResource) : covered(Resource),
  };
}

function isMet(
  name: string,
  found: readonly string[] | undefined,
  wanted: readonly (string | boolean)[],
  known: Keys | undefined,
): boolean {
  const ifExists = name.endsWith('IfExists');
  const [operator = '', set] = name.replace('IfExists', '').split(':').reverse();
  // "… if the context key value resolves to a null dataset, such as an empty string"
  const empty = found === undefined || found.every((value) => value === '');
  if (operator === 'Null') {
    return wanted.some((value) => String(value) === String(empty));
  }
  const negated = operator.includes('Not');
  if (found === undefined) {
    return ifExists || set === 'ForAllValues' || (set === undefined && negated);
  }
  if (set !== undefined && empty) {
    return set === 'ForAllValues';
  }
  const fits = (text: string): boolean =>
    wanted.some((value) => compare(operator, String(value), text, known)) !== negated;
  return set === 'ForAllValues' ? found.every(fits) : found.some(fits);
}

function compare(operator: string, value: string, text: string, known: Keys | undefined): boolean {
  if (operator === 'Bool') {
    return value.toLowerCase() === text.toLowerCase();
  }
  if (operator.startsWith('Arn')) {
    return matches(value, text, 'arn', known);
  }
  if (operator.endsWith('IgnoreCase')) {
    return matches(value, text, 'ignoringCase', known);
  }
  return matches(value, text, operator.endsWith('Like') ? 'like' : 'exact', known);
}

/** What `*` and `?` mean: nothing, any characters, or any but the colon within the first five segments of an ARN. */
type Mode = 'exact' | 'ignoringCase' | 'like' | 'arn';

const COMPILED = new Map<string, RegExp>();

/** Whether the pattern, with its variables filled in from `known`, matches the whole text. */
export function matches(pattern: string, text: string, mode: Mode, known?: Keys): boolean {
  if (mode === 'exact' && !pattern.includes('$')) {
    return pattern === text;
  }
  const constant = known === undefined || !pattern.includes('${');
  const name = `${mode} ${constant} ${pattern}`;
  const regExp = (constant && COMPILED.get(name)) || compile(pattern, mode, known);
  if (regExp !== undefined && constant) {
    COMPILED.set(name, regExp);
  }
  if (COMPILED.size > 50_000) {
    COMPILED.clear();
  }
  return regExp?.test(text) ?? false;
}

/** A variable without a value is "effectively null. There is no equal or like value": no expression, so no match. */
function compile(pattern: string, mode: Mode, known: Keys | undefined): RegExp | undefined {
  let source = '';
  let colons = 0;
  for (const [token] of pattern.matchAll(known === undefined ? /[\s\S]/gu : /\$\{[^}]*\}|[\s\S]/gu)) {
    const any = mode === 'arn' && colons < 5 ? '[^:]' : '[\\s\\S]';
    colons += token === ':' ? 1 : 0;
    if ((token === '*' || token === '?') && (mode === 'like' || mode === 'arn')) {
      source += token === '*' ? `${any}*` : any;
    } else if (token.length > 2) {
      const value = meaningOf(token.slice(2, -1), known);
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

/** The text of `${key}`, `${key, 'default'}` or an escaped `${*}`, `${?}`, `${$}`. */
function meaningOf(inside: string, known: Keys | undefined): string | undefined {
  const [name = '', fallback] = inside.split(/, *'/);
  return /^[*?$]$/.test(name) ? name : (known?.get(name.toLowerCase())?.[0] ?? fallback?.slice(0, -1));
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
