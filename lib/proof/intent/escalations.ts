import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { iamPath, LIMIT_FOLDER, PROBE_FOLDER, stackName, verificationName } from '../../plan/names/names';
import { type IntendedStatement, intentPolicy } from './intent-policy';

/** Ways to more rights within an environment, each with its name as a Sid. @param except names of those left out */
export function escalations(plan: AccessPlan, except: readonly string[] = []): Policy {
  const { partition, account, environment } = plan;
  const own = (kind: string, folder = ''): string =>
    `arn:${partition}:iam::${account}:${kind}${iamPath(environment)}${folder}*`;
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): IntendedStatement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
  const verification = `arn:${partition}:lambda:*:${account}:function:${verificationName(environment)}`;
  const ways = [
    allow('assume a probe role', ['sts:AssumeRole'], [own('role', PROBE_FOLDER)]),
    allow('assume a role that lifts limits', ['sts:AssumeRole'], [own('role', LIMIT_FOLDER)]),
    allow('pass a role', ['iam:PassRole'], [`arn:${partition}:iam::${account}:role/*`]),
    allow(
      'change a policy or a role',
      ['Add', 'Attach', 'Create', 'Delete', 'Detach', 'Put', 'Set', 'Update'].map((a) => `iam:${a}*`),
      ['role', 'policy', 'user'].map((kind) => `arn:${partition}:iam::${account}:${kind}/*`),
    ),
    allow(
      'move an alias',
      ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:LabelParameterVersion'],
      [`arn:${partition}:ssm:*:${account}:parameter/bedrock-access/*`],
    ),
    allow(
      'change the verification',
      ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
      [verification],
    ),
    allow(
      'change a stack',
      ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet', 'cloudformation:UpdateStack'],
      [`arn:${partition}:cloudformation:*:${account}:stack/${stackName(environment, '*')}/*`],
    ),
  ];
  return intentPolicy(
    'ways to more rights',
    ways.filter(({ Sid }) => !except.includes(Sid)),
  );
}
