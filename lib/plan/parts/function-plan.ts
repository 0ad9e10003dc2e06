import { regionalArn } from '../../catalog/arn';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { planDeadLetters } from './dead-letters';
import { planServiceRole, type ServiceRolePlan } from './service-role-plan';
import type { Statement } from './statement';

/** Folders in `lambda/` that contain the code of a function. */
export type FunctionSource = 'account-settings' | 'limit' | 'meter' | 'verify';

/** The EventBridge rule that invokes a function on a schedule. */
export interface FunctionSchedule {
  readonly ruleName: string;
  readonly ruleArn: string;
  /** Schedule expression of EventBridge, such as `rate(5 minutes)`. */
  readonly expression: string;
  /**
   * JSON that the function receives as its event.
   *
   * @default - the scheduled event of EventBridge, with its time
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
   * The rule that invokes it on a schedule.
   *
   * @default - it has no schedule
   */
  readonly schedule?: FunctionSchedule;
  /**
   * Number of retries by Lambda after a failed asynchronous invocation. With retries, Lambda also keeps an event for six
   * hours while the function is throttled.
   *
   * @default 0
   */
  readonly asynchronousRetries?: number;
  /** ARN of the queue for asynchronous events that it could not handle. */
  readonly deadLetterArn: string;
  /**
   * JSON files that are bundled with its code, by name.
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
   * Part of its name after the environment's name.
   *
   * @default - the name of its folder
   */
  readonly name?: string;
  /** Statements that it needs besides writing its own log. */
  readonly statements: readonly Statement[];
  /**
   * Schedule expression of EventBridge.
   *
   * @default - it has no schedule
   */
  readonly expression?: string;
  /**
   * Event that the rule sends to it.
   *
   * @default - the scheduled event of EventBridge, with its time
   */
  readonly input?: Readonly<Record<string, unknown>>;
}

/** Decides a function, its role and its log group. The function and the role have the same name. */
export function planFunction(place: Place, props: FunctionProps): FunctionPlan {
  const { name = props.source, statements, expression, input, ...rest } = props;
  const functionName = physicalName([place.environment, name]);
  const logGroupName = `/aws/lambda/${functionName}`;
  const { arn: deadLetterArn } = planDeadLetters(place);
  return {
    ...rest,
    functionName,
    functionArn: regionalArn(place, 'lambda', `function:${functionName}`),
    logGroupName,
    deadLetterArn,
    ...(expression !== undefined && { schedule: planRule(place, name, expression, input) }),
    role: planServiceRole(place, {
      parts: [name],
      service: 'lambda.amazonaws.com',
      statements: [...statements, writeOwnLog(place, logGroupName), keepFailedEvents(deadLetterArn)],
    }),
  };
}

/** Decides the rule that invokes the function `name` on a schedule. */
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

/** Lets a function write to its log group, which a template creates. */
function writeOwnLog(place: Place, logGroupName: string): Statement {
  return {
    Sid: 'WriteOwnLog',
    Effect: 'Allow',
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: [regionalArn(place, 'logs', `log-group:${logGroupName}:*`)],
  };
}

/** Lets Lambda send an event that the function could not handle to the queue, for which it uses the function's role. */
function keepFailedEvents(deadLetterArn: string): Statement {
  return { Sid: 'KeepFailedEvents', Effect: 'Allow', Action: ['sqs:SendMessage'], Resource: [deadLetterArn] };
}
