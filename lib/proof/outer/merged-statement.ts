import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { AccessRequest } from '../../iam/match/access-request';
import { allowEverything } from '../../iam/policy/allow-everything';
import type { Policy } from '../../iam/policy/policy';

export const ALL = allowEverything('everything');

/** Finds the statement, as it is written, that denies the request. Statements may share a Sid or have none. */
export function denyingStatement(
  { name, document }: Policy,
  sid: string | undefined,
  request: AccessRequest,
): JsonMap | undefined {
  const statements: readonly unknown[] = isJsonMap(document) ? [document['Statement']].flat() : [];
  return statements
    .filter(isJsonMap)
    .find((s) => s['Effect'] === 'Deny' && s['Sid'] === sid && denies({ name, document }, s, request));
}

/** True when the statement alone denies one of the requests. */
export function deniesAny(policy: Policy, statement: JsonMap, requests: readonly AccessRequest[]): boolean {
  return requests.some((request) => denies(policy, statement, request));
}

function denies({ name, document }: Policy, statement: JsonMap, request: AccessRequest): boolean {
  const version = isJsonMap(document) ? document['Version'] : undefined;
  const alone = { name, document: { ...(version !== undefined && { Version: version }), Statement: [statement] } };
  return evaluate({ identity: [ALL], serviceControl: [[ALL, alone]] }, request).decision !== 'allowed';
}

/**
 * Adds a value to a condition of a statement. What is there already stays: other operators, other keys of the operator,
 * and other values of the key, however its name is spelt.
 */
export function withConditionValue(statement: JsonMap, operator: string, key: string, value: string): JsonMap {
  const condition = mapOf(statement['Condition']);
  const block = mapOf(condition[operator]);
  const written = Object.keys(block).find((name) => name.toLowerCase() === key.toLowerCase()) ?? key;
  return {
    ...statement,
    Condition: { ...condition, [operator]: { ...block, [written]: joined(block[written], [value]) } },
  };
}

/** Adds values to a list of a statement, such as its NotResource. */
export function withListed(statement: JsonMap, element: string, values: readonly string[]): JsonMap {
  return { ...statement, [element]: joined(statement[element], values) };
}

function joined(before: unknown, values: readonly string[]): unknown {
  const all = [...new Set([...(before === undefined ? [] : [before].flat()), ...values])];
  return all.length === 1 ? all[0] : all;
}

function mapOf(value: unknown): JsonMap {
  return isJsonMap(value) ? value : {};
}
