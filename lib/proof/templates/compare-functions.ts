import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { FunctionPlan } from '../../plan/parts/function-plan';
import { accountArns } from '../finding/account-arns';

/** A function of the templates that differs from the plan. */
export interface FunctionDifference {
  /** Name of the function. */
  readonly about: string;
  readonly message: string;
}

/** Every planned function that the templates lack, or give another role, handler or environment. */
export function compareFunctions(plan: AccessPlan, account: Account): readonly FunctionDifference[] {
  return plan.functions.flatMap((planned) =>
    differences(planned, account).map((message) => ({ about: planned.functionName, message })),
  );
}

function differences({ functionName, role, variables }: FunctionPlan, account: Account): readonly string[] {
  const found = account.functions.find((f) => f.name === functionName);
  if (found === undefined) {
    return [`the templates have no function ${functionName}, which the plan has`];
  }
  const planned = accountArns(account)(variables);
  return [
    ...(found.roleArn === role.arn ? [] : [`${functionName} runs as ${found.roleArn}; the plan has ${role.arn}`]),
    ...(found.handler === 'index.handler' ? [] : [`${functionName} has the handler ${found.handler}`]),
    ...(isDeepStrictEqual(found.environment, planned)
      ? []
      : [
          `${functionName} has the environment ${JSON.stringify(found.environment)}; the plan has ${JSON.stringify(planned)}`,
        ]),
  ];
}
