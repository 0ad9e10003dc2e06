import type { AccessRequest } from '../../lib/iam/match/access-request';
import { listOf, type NamedPolicy, type PolicySet, type Statement } from './policy-set';

/** A case with one request. */
export interface SingleCase {
  readonly policies: PolicySet;
  readonly request: AccessRequest;
}

/** Removes every part without which the case still disagrees, so that the remaining parts show the cause. */
export async function shrink(
  whole: SingleCase,
  disagrees: (smaller: SingleCase) => Promise<boolean>,
): Promise<SingleCase> {
  for (const smaller of smallerCases(whole)) {
    if (await disagrees(smaller)) {
      return shrink(smaller, disagrees);
    }
  }
  return whole;
}

function smallerCases({ policies, request }: SingleCase): SingleCase[] {
  const contexts = without(Object.entries(request.context)).map((entries) => Object.fromEntries(entries));
  return [
    ...smallerSets(policies).map((smaller) => ({ policies: smaller, request })),
    ...contexts.map((context) => ({ policies, request: { ...request, context } })),
  ];
}

/** Lists the policy sets with one part less: a policy, a level, a statement, an item or a condition. */
function smallerSets({ identity, serviceControl = [], ...single }: PolicySet): PolicySet[] {
  const levels = (list: PolicySet['serviceControl'] = []): object =>
    list.length === 0 ? {} : { serviceControl: list };
  const entries = Object.entries(single) as [string, NamedPolicy][];
  const rest = { ...single, ...levels(serviceControl) };
  return [
    ...without(entries).map((kept) => ({ identity, ...Object.fromEntries(kept), ...levels(serviceControl) })),
    ...without(serviceControl).map((kept) => ({ identity, ...single, ...levels(kept) })),
    ...without(identity).map((kept) => ({ identity: kept, ...rest })),
    ...smallerOne(identity, smallerPolicies).map((list) => ({ identity: list, ...rest })),
    ...smallerOne(serviceControl, (level) => [...without(level), ...smallerOne(level, smallerPolicies)]).map(
      (list) => ({
        identity,
        ...single,
        ...levels(list),
      }),
    ),
    ...entries.flatMap(([layer, policy]) =>
      smallerPolicies(policy).map((smaller) => ({ identity, ...rest, [layer]: smaller })),
    ),
  ];
}

function smallerPolicies({ name, document }: NamedPolicy): NamedPolicy[] {
  const { Statement } = document;
  const lists = [...(Statement.length > 1 ? without(Statement) : []), ...smallerOne(Statement, smallerStatements)];
  return lists.map((list) => ({ name, document: { ...document, Statement: list } }));
}

function smallerStatements({ Condition = {}, ...statement }: Statement): Statement[] {
  const operators = Object.entries(Condition);
  const blocks = without(operators).map((kept) => ({ ...statement, ...conditionOf(kept) }));
  const elements = Object.entries(statement).flatMap(([name, value]) => {
    const items = listOf<string>(value);
    return (items.length > 1 ? without(items) : []).map((kept) => ({
      ...statement,
      [name]: kept,
      ...conditionOf(operators),
    }));
  });
  return [...blocks, ...elements];
}

function conditionOf(operators: readonly [string, unknown][]): object {
  return operators.length === 0 ? {} : { Condition: Object.fromEntries(operators) };
}

function without<T>(items: readonly T[]): T[][] {
  return items.map((_, index) => items.filter((__, other) => other !== index));
}

/** Lists the copies of a list in which one item is made smaller. */
function smallerOne<T>(items: readonly T[], smaller: (item: T) => readonly T[]): T[][] {
  return items.flatMap((item, index) => smaller(item).map((changed) => items.with(index, changed)));
}
