import { regionalArn } from '../../catalog/arn';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { planServiceRole, type ServiceRolePlan } from './service-role-plan';
import type { Statement } from './statement';

/** Folders in `lambda/` that hold a function. */
export type FunctionSource = 'account-settings' | 'limit' | 'meter' | 'verify';

/** The rule that calls a function by the clock, with the event of the schedule. */
export interface FunctionSchedule {
  readonly ruleName: string;
  readonly ruleArn: string;
  /** As EventBridge writes it, such as `rate(5 minutes)`. */
  readonly expression: string;
  /**
   * What the function is called with.
   *
   * @default - the event of the schedule, with its time
   */
  readonly input?: string;
}

/** A Lambda function of this project. */
export interface FunctionPlan {
  /** Folder of its code in `lambda/`. */
  readonly source: FunctionSource;
  readonly description: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly logGroupName: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly role: ServiceRolePlan;
  /**
   * When a rule calls it.
   *
   * @default - by no clock
   */
  readonly schedule?: FunctionSchedule;
  /**
   * How often Lambda calls it again after a failure, where nobody waits for its answer.
   *
   * @default 0
   */
  readonly asynchronousRetries?: number;
  /**
   * JSON files that lie beside its code, by name.
   *
   * @default - none
   */
  readonly files?: Readonly<Record<string, unknown>>;
}

export interface FunctionProps
  extends Pick<
    FunctionPlan,
    'source' | 'description' | 'memoryMegabytes' | 'timeoutSeconds' | 'variables' | 'files' | 'asynchronousRetries'
  > {
  /**
   * What it is called after the environment's name.
   *
   * @default - as its folder
   */
  readonly name?: string;
  /** What it may do beside writing its own log. */
  readonly statements: readonly Statement[];
  /**
   * When a rule calls it, as EventBridge writes it.
   *
   * @default - by no clock
   */
  readonly expression?: string;
  /**
   * What the rule calls it with.
   *
   * @default - the event of the schedule, with its time
   */
  readonly input?: Readonly<Record<string, unknown>>;
}

/** Decides a function, its role and its log. Function and role have the same name. */
export function planFunction(place: Place, props: FunctionProps): FunctionPlan {
  const { name = props.source, statements, expression, input, ...rest } = props;
  const functionName = physicalName([place.environment, name]);
  const logGroupName = `/aws/lambda/${functionName}`;
  return {
    ...rest,
    functionName,
    functionArn: regionalArn(place, 'lambda', `function:${functionName}`),
    logGroupName,
    ...(expression !== undefined && { schedule: planRule(place, name, expression, input) }),
    role: planServiceRole(place, {
      parts: [name],
      service: 'lambda.amazonaws.com',
      statements: [...statements, writeOwnLog(place, logGroupName)],
    }),
  };
}

/** Decides the rule that calls the function `name` by the clock. */
export function planRule(
  place: Place,
  name: string,
  expression: string,
  input: FunctionProps['input'],
): FunctionSchedule {
  const ruleName = physicalName([place.environment, `${name}-schedule`]);
  return {
    ruleName,
    ruleArn: regionalArn(place, 'events', `rule/${ruleName}`),
    expression,
    ...(input !== undefined && { input: JSON.stringify(input) }),
  };
}

/** What every function may do: write into its log group, which a template makes. */
function writeOwnLog(place: Place, logGroupName: string): Statement {
  return {
    Sid: 'WriteOwnLog',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [regionalArn(place, 'logs', `log-group:${logGroupName}:*`)],
  };
}
