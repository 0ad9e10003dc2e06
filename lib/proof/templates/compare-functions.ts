import { isDeepStrictEqual } from 'node:util';
import type { Account } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type IntendedFunction, intendedFunctions } from '../intent/intended-functions';

/** A difference between a function of the templates and the intended function. */
export interface FunctionDifference {
  readonly kind: 'resource' | 'excess';
  /** Name of the function. */
  readonly about: string;
  readonly message: string;
}

/**
 * Lists functions that are missing, functions that are not planned, and differences in role, handler or environment.
 */
export function compareFunctions(plan: AccessPlan, account: Account): readonly FunctionDifference[] {
  const intended = intendedFunctions(plan, account);
  return [
    ...intended.flatMap((planned) =>
      differences(planned, account).map((message) => ({ kind: 'resource' as const, about: planned.name, message })),
    ),
    ...account.functions
      .filter(({ name }) => !intended.some((planned) => planned.name === name))
      .map(({ name }) => ({
        kind: 'excess' as const,
        about: name,
        message: `the templates have a function that is not in the plan: ${name}`,
      })),
  ];
}

function differences({ name, roleArn, environment }: IntendedFunction, account: Account): readonly string[] {
  const found = account.functions.find((f) => f.name === name);
  if (found === undefined) {
    return [`the templates have no function ${name}, which the plan has`];
  }
  return [
    ...(found.roleArn === roleArn ? [] : [`${name} runs as ${found.roleArn}; the plan has ${roleArn}`]),
    ...(found.handler === 'index.handler' ? [] : [`${name} has the handler ${found.handler}`]),
    ...(isDeepStrictEqual(found.environment, environment)
      ? []
      : [
          `${name} has the environment ${JSON.stringify(found.environment)}; the plan has ${JSON.stringify(environment)}`,
        ]),
  ];
}
