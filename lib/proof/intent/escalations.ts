import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { inAccount, inAnyRegion, ownRole } from './arns';
import { type IntendedStatement, intentPolicy } from './intent-policy';

/**
 * Lists the ways in which a principal could gain more permissions within an environment. The Sid of a statement names
 * it.
 *
 * @param except Sids of the statements to leave out
 */
export function escalations(plan: AccessPlan, except: readonly string[] = []): Policy {
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): IntendedStatement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
  const ways = [
    allow('assume a probe role', ['sts:AssumeRole'], [ownRole(plan, 'probe/*')]),
    allow('assume a role that lifts limits', ['sts:AssumeRole'], [ownRole(plan, 'limit/*')]),
    allow('pass a role', ['iam:PassRole'], [inAccount(plan, 'iam', 'role/*')]),
    allow(
      'change a policy or a role',
      ['Add', 'Attach', 'Create', 'Delete', 'Detach', 'Put', 'Set', 'Update'].map((a) => `iam:${a}*`),
      ['role', 'policy', 'user'].map((kind) => inAccount(plan, 'iam', `${kind}/*`)),
    ),
    allow(
      'move an alias',
      ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:LabelParameterVersion'],
      [inAnyRegion(plan, 'ssm', 'parameter/bedrock-access/*')],
    ),
    allow(
      'change the verification',
      ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
      [inAnyRegion(plan, 'lambda', `function:${plan.environment}_verification`)],
    ),
    allow(
      'change a stack',
      ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet', 'cloudformation:UpdateStack'],
      [inAnyRegion(plan, 'cloudformation', `stack/${plan.environment}--*/*`)],
    ),
  ];
  return intentPolicy(
    'escalations',
    ways.filter(({ Sid }) => !except.includes(Sid)),
  );
}
