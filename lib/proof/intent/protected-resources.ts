import type { AccessPlan } from '../../plan/environment/access-plan';
import { inAccount, inAnyRegion } from './arns';
import type { IntendedStatement } from './intent-policy';

/** States what no role of an application may do with the resources of this project, whatever policies it has. */
export function protectedResources(plan: AccessPlan): readonly IntendedStatement[] {
  return [...protect('use', usesOfTheProject(plan)), ...protect('change', changesOfTheProject(plan))];
}

/** Resources of this project, and what a role may not do with them. */
interface Protected {
  readonly purpose: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Lists what a role may not use in any way. */
function usesOfTheProject(plan: AccessPlan): readonly Protected[] {
  const own = (service: string, name: string): string => inAnyRegion(plan, service, name);
  const env = plan.environment;
  const functions = ['verification', 'meter', 'limit', 'account-settings'].map((name) => `function:${env}_${name}`);
  return [
    {
      purpose: "no use of this project's functions",
      actions: ['lambda:*'],
      resources: functions.flatMap((name) => [own('lambda', name), own('lambda', `${name}:*`)]),
    },
    {
      purpose: 'no use of the log of calls',
      actions: ['logs:*'],
      resources: [own('logs', 'log-group:/bedrock-access/*')],
    },
    { purpose: 'no use of the topics for alerts', actions: ['sns:*'], resources: [own('sns', `${env}_alerts-*`)] },
    {
      purpose: 'no use of the queue of failed events',
      actions: ['sqs:*'],
      resources: [own('sqs', `${env}_dead-letters`)],
    },
    {
      purpose: 'no use of the batches of verifications',
      actions: ['states:*'],
      resources: [`stateMachine:${env}_verification-batches`, `execution:${env}_verification-batches*`].map((name) =>
        own('states', name),
      ),
    },
  ];
}

/** Lists what a role may not change. It may read it, if its policies allow that. */
function changesOfTheProject(plan: AccessPlan): readonly Protected[] {
  const own = (service: string, name: string): string => inAnyRegion(plan, service, name);
  const global = (service: string, name: string): string => inAccount(plan, service, name);
  const { environment: env, account } = plan;
  return [
    {
      purpose: 'no changes to profiles',
      actions: verbs('bedrock', 'CreateI', 'DeleteI', 'T', 'Unt'),
      resources: [own('bedrock', 'application-inference-profile/*')],
    },
    {
      purpose: 'no changes to budgets and their actions',
      actions: verbs('budgets', 'C', 'Del', 'E', 'M', 'T', 'U'),
      resources: [global('budgets', `budget/${env}_*`)],
    },
    {
      purpose: 'no changes to alarms and dashboards, and no muting of alarms',
      actions: verbs('cloudwatch', 'Del', 'Dis', 'E', 'P', 'S', 'T', 'U'),
      resources: [
        own('cloudwatch', `alarm:${env}_*`),
        own('cloudwatch', 'alarm-mute-rule:*'),
        global('cloudwatch', `dashboard/${env}_*`),
      ],
    },
    {
      purpose: 'no changes to rules and their targets',
      actions: verbs('events', 'Del', 'Dis', 'E', 'P', 'R', 'T', 'U'),
      resources: [own('events', `rule/${env}_*`)],
    },
    {
      purpose: "no changes to the functions' logs",
      actions: verbs('logs', 'As', 'Del', 'Dis', 'PutB', 'PutD', 'PutI', 'PutLogG', 'PutM', 'PutR', 'PutS', 'PutT'),
      resources: [own('logs', `log-group:/aws/lambda/${env}_*`)],
    },
    {
      purpose: 'no changes to aliases',
      actions: verbs('ssm', 'Del', 'L', 'Pu', 'U'),
      resources: [own('ssm', 'parameter/bedrock-access/*')],
    },
    {
      purpose: 'no changes to stacks, of which each may have the deployment role of the CDK',
      actions: verbs('cloudformation', 'C', 'Del', 'E', 'R', 'S', 'T', 'U'),
      resources: ['stack/*', 'stackset/*'].map((name) => own('cloudformation', name)),
    },
    {
      purpose: 'no writing of what a deployment reads',
      actions: verbs('s3', 'D', 'Put', 'R', 'U'),
      resources: [inAccount({ ...plan, account: '' }, 's3', `cdk-*-assets-${account}-*`)],
    },
  ];
}

/** Beginning of the purpose of a statement about requests that cannot occur. */
export const IMPOSSIBLE = 'no impossible';

/**
 * Returns a statement for each purpose, and one for the pairs of actions and resources of different services. Such pairs
 * do not occur, but the boundary joins the services in one statement and so denies them, too.
 */
function protect(what: string, all: readonly Protected[]): readonly IntendedStatement[] {
  const joint: Protected = {
    purpose: `${IMPOSSIBLE} ${what} of a resource by an action of another service`,
    actions: all.flatMap(({ actions }) => actions),
    resources: all.flatMap(({ resources }) => resources),
  };
  return [...all, joint].map(({ purpose, actions, resources }) => ({
    Sid: purpose,
    Effect: 'Deny',
    Action: actions,
    Resource: resources,
  }));
}

function verbs(service: string, ...beginnings: readonly string[]): readonly string[] {
  return beginnings.map((beginning) => `${service}:${beginning}*`);
}
