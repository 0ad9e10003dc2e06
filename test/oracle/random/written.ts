import type { AccessRequest } from '../../../lib/iam/match/access-request';
import { listOf, type PolicySet, policiesOf, type Statement } from '../policy-set';

/** One operator on one key, as written in a policy. */
export interface WrittenCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly (string | boolean)[];
}

/** A text of a policy that may have variables: a resource or the value of a condition. */
export interface WrittenText {
  readonly text: string;
  /** True if the version of the policy has policy variables. */
  readonly current: boolean;
  /** Operator of the condition; `undefined` for a resource. */
  readonly operator: string | undefined;
}

/** The parts of a statement in which a construct may occur. */
export interface WrittenStatement {
  readonly statement: Statement;
  readonly current: boolean;
  readonly conditions: readonly WrittenCondition[];
  readonly resources: readonly WrittenText[];
  readonly values: readonly WrittenText[];
}

export function writtenIn(policies: PolicySet): readonly WrittenStatement[] {
  return policiesOf(policies).flatMap(({ document }) => {
    const current = document.Version === '2012-10-17';
    return document.Statement.map((statement) => splitStatement(statement, current));
  });
}

function splitStatement(statement: Statement, current: boolean): WrittenStatement {
  const { Resource, NotResource, Condition = {} } = statement;
  const conditions = Object.entries(Condition).flatMap(([operator, block]) =>
    Object.entries(block).map(([key, value]) => ({ operator, key: key.toLowerCase(), values: listOf(value) })),
  );
  return {
    statement,
    current,
    conditions,
    resources: listOf(Resource ?? NotResource).map((text) => ({ text, current, operator: undefined })),
    values: conditions.flatMap(({ operator, values }) =>
      values.map((value) => ({ text: String(value), current, operator })),
    ),
  };
}

export function lowerCaseKeys({ context }: AccessRequest): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(context).map(([name, values]) => [name.toLowerCase(), values]));
}
