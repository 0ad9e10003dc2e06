import { Unresolved } from '../account/resource/unresolved';
import { BEDROCK_ACTIONS } from '../catalog/actions';
import { isJsonMap, type JsonMap } from '../catalog/json-map';
import { matchAction } from '../iam/match/match-statement';
import { parsePolicy } from '../iam/policy/parse-policy';
import type { Policy } from '../iam/policy/policy';

/** The part of a policy document that concerns Bedrock. */
export interface BedrockStatements {
  /** Each statement as a policy of its own, with its own name. */
  readonly statements: readonly Policy[];
  readonly refusals: readonly string[];
}

/**
 * Reads the statements that name a Bedrock action. They are either all understood, or refused with the reasons.
 *
 * The other statements are not resolved, because they can neither allow nor deny access to Bedrock.
 */
export function bedrockStatements(policy: string, document: unknown): BedrockStatements {
  if (document instanceof Unresolved) {
    return { statements: [], refusals: [`${policy}: ${document.reason}`] };
  }
  if (!isJsonMap(document)) {
    return { statements: [], refusals: [`${policy} has no document`] };
  }
  const all: readonly unknown[] = [document['Statement'] ?? []].flat();
  const concerned = all
    .map((statement, i) => ({ name: `${policy} ${statementName(statement, i)}`, statement }))
    .filter(({ statement }) => concernsBedrock(statement))
    .map(({ name, statement }) => ({ name, document: { ...document, Statement: [statement] } }));
  const refusals = concerned.flatMap((p) => {
    const reason = unresolvedReason(p.document.Statement);
    return reason === undefined
      ? parsePolicy(p, 'identity').refusals.map((r) => `${p.name}: ${r.reason}`)
      : [`${p.name}: ${reason}`];
  });
  return { statements: refusals.length === 0 ? concerned : [], refusals };
}

/** Names a statement by its Sid, or by its position, because the CDK writes statements without a Sid. */
function statementName(statement: unknown, index: number): string {
  const sid = isJsonMap(statement) ? statement['Sid'] : undefined;
  return typeof sid === 'string' ? `Sid ${sid}` : `statement ${index + 1}`;
}

/** True when the statement names a Bedrock action, or when that is unknown. */
function concernsBedrock(statement: unknown): boolean {
  if (!isJsonMap(statement) || statement instanceof Unresolved) {
    return true;
  }
  const actions: JsonMap = Object.fromEntries(
    ['Action', 'NotAction'].flatMap((name) => (name in statement ? [[name, statement[name]]] : [])),
  );
  const reduced = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...actions, Resource: '*' }] };
  const { statements, refusals } = parsePolicy({ name: '', document: reduced }, 'identity');
  return refusals.length > 0 || statements.some(matchesAnAction);
}

function matchesAnAction(statement: Parameters<typeof matchAction>[0]): boolean {
  return BEDROCK_ACTIONS.some((action) => matchAction(statement, action.toLowerCase()));
}

/** Returns why a part of the value is known only when the template is deployed, or `undefined` when all is known. */
function unresolvedReason(value: unknown): string | undefined {
  if (value instanceof Unresolved) {
    return value.reason;
  }
  if (typeof value === 'string') {
    return value.includes('{{resolve:')
      ? `the dynamic reference '${value}' is resolved only when the template is deployed`
      : undefined;
  }
  for (const item of typeof value === 'object' && value !== null ? Object.values(value) : []) {
    const reason = unresolvedReason(item);
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}
