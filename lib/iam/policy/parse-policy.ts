import { elements } from './elements';
import { type PolicyKind, parseStatement, sidOf } from './parse-statement';
import type { ParsedStatement } from './parsed-statement';
import type { Policy } from './policy';
import { quote } from './quote';
import type { Refusal } from './refusal';
import type { Refuse } from './refuse';

/** A policy as the evaluator understands it. If it has refusals, its statements are incomplete and must not decide. */
export interface ParsedPolicy {
  readonly name: string;
  readonly statements: readonly ParsedStatement[];
  readonly refusals: readonly Refusal[];
}

type ParsedDocument = { readonly statements: readonly ParsedStatement[]; readonly reasons: readonly Reason[] };
type Reason = Omit<Refusal, 'policy'>;

/** Cache by document rather than by policy: the same document may be attached under several names. */
const PARSED: Readonly<Record<PolicyKind, WeakMap<object, ParsedDocument>>> = {
  identity: new WeakMap(),
  trust: new WeakMap(),
  endpoint: new WeakMap(),
};

/**
 * Parses a policy strictly. An element that is not understood is refused, never skipped. This function does not throw.
 *
 * Each document is parsed once; a later change of the object is not noticed.
 */
export function parsePolicy({ name, document }: Policy, kind: PolicyKind): ParsedPolicy {
  const { statements, reasons } = parseOnce(document, kind);
  return { name, statements, refusals: reasons.map((reason) => ({ policy: name, ...reason })) };
}

function parseOnce(document: unknown, kind: PolicyKind): ParsedDocument {
  if (typeof document !== 'object' || document === null) {
    return parseDocument(document, kind);
  }
  const parsed = PARSED[kind].get(document) ?? parseDocument(document, kind);
  PARSED[kind].set(document, parsed);
  return parsed;
}

/**
 * Parses a document without recursion, so that a document of any depth is refused at its first value of a wrong type.
 */
function parseDocument(document: unknown, kind: PolicyKind): ParsedDocument {
  const statements: ParsedStatement[] = [];
  const reasons: Reason[] = [];
  const refuseFor =
    (sid: string | undefined): Refuse =>
    (reason) => {
      reasons.push({ sid, reason });
      return undefined;
    };
  const refuse = refuseFor(undefined);

  const policy = elements(document);
  if (document === undefined) {
    refuse('it is attached but defined in no template; detach it, or define it in the template of its principal');
    return { statements, reasons };
  }
  if (policy === undefined) {
    refuse(`the policy is ${quote(document)}; it must be an object`);
    return { statements, reasons };
  }
  const version = policy.has('Version') ? policy.get('Version') : '2008-10-17';
  if (version !== '2012-10-17' && version !== '2008-10-17') {
    refuse(`Version is ${quote(version)}; it must be '2012-10-17' or '2008-10-17'`);
  }
  if (policy.has('Id') && kind === 'identity') {
    refuse('Id is not allowed in identity-based policies; leave it out');
  } else if (policy.has('Id') && typeof policy.get('Id') !== 'string') {
    refuse(`Id is ${quote(policy.get('Id'))}; it must be a string`);
  }
  for (const name of policy.keys()) {
    if (!['Version', 'Id', 'Statement'].includes(name)) {
      refuse(`the element ${quote(name)} is not known in policies; known: Version, Id, Statement`);
    }
  }
  const statement = policy.get('Statement');
  const list: readonly unknown[] = Array.isArray(statement) ? statement : [statement];
  if (list.length === 0) {
    refuse('Statement is an empty list; list at least one statement');
  }
  const sids = new Set<string>();
  for (const item of list) {
    const statementElements = elements(item);
    if (statementElements === undefined) {
      refuse(`Statement holds ${quote(item)}; it must hold objects`);
      continue;
    }
    const sid = sidOf(statementElements);
    if (sid !== undefined && sids.has(sid)) {
      refuseFor(sid)('the Sid is used twice; every Sid in a policy must be unique');
    }
    if (sid !== undefined) {
      sids.add(sid);
    }
    const before = reasons.length;
    const parsed = parseStatement(statementElements, kind, version === '2012-10-17', refuseFor(sid));
    if (reasons.length === before) {
      statements.push(parsed);
    }
  }
  return { statements, reasons };
}
