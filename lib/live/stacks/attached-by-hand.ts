import type { IAMClient } from '@aws-sdk/client-iam';
import { callAws } from '../aws-failure';
import type { StackContent } from './stack-content';

/** Something that somebody attached besides the stack. While it is there, IAM refuses to delete what it is attached to. */
export interface Attachment {
  /** The role or the policy that cannot be deleted, such as `role dev_support-chat_lambda`. */
  readonly what: string;
  /** What is attached to it, such as `the policy arn:aws:iam::aws:policy/ReadOnlyAccess`. */
  readonly attached: string;
  /** The command that detaches it. */
  readonly command: string;
}

/**
 * Lists what somebody attached by hand to roles and policies of a stack. What the stack attaches itself is left out,
 * because its deletion detaches it.
 *
 * @param denial ARN of the denial at the limit. The limit function detaches it from everybody before it is deleted.
 * @throws AwsFailure when IAM cannot be called
 */
export async function attachedByHand(
  content: StackContent,
  denial: string,
  iam: IAMClient,
): Promise<readonly Attachment[]> {
  const found: Attachment[] = [];
  for (const role of content.roles) {
    found.push(...(await attachedToRole(role, content, iam)));
  }
  for (const policy of content.policies.filter((arn) => arn !== denial)) {
    found.push(...(await carriersByHand(policy, content, iam)));
  }
  return found;
}

/** Lists what is attached to a role and does not belong to the given content. */
export async function attachedToRole(
  role: string,
  { policies, instanceProfiles, named }: StackContent,
  iam: IAMClient,
): Promise<readonly Attachment[]> {
  const { paginateListAttachedRolePolicies, paginateListInstanceProfilesForRole, paginateListRolePolicies } =
    require('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam');
  const found: Attachment[] = [];
  const what = `role ${role}`;
  const asked = { client: iam };
  await callAws(`see what ${role} carries (iam:ListAttachedRolePolicies)`, async () => {
    for await (const { AttachedPolicies = [] } of paginateListAttachedRolePolicies(asked, { RoleName: role })) {
      for (const { PolicyArn: arn = '' } of AttachedPolicies) {
        if (!policies.includes(arn) && !named.has(arn)) {
          const command = `aws iam detach-role-policy --role-name ${role} --policy-arn ${arn}`;
          found.push({ what, attached: `the policy ${arn}`, command });
        }
      }
    }
  });
  await callAws(`see what ${role} carries (iam:ListRolePolicies)`, async () => {
    for await (const { PolicyNames = [] } of paginateListRolePolicies(asked, { RoleName: role })) {
      for (const name of PolicyNames) {
        const command = `aws iam delete-role-policy --role-name ${role} --policy-name ${name}`;
        found.push({ what, attached: `the inline policy ${name}`, command });
      }
    }
  });
  await callAws(`see what has ${role} (iam:ListInstanceProfilesForRole)`, async () => {
    for await (const { InstanceProfiles = [] } of paginateListInstanceProfilesForRole(asked, { RoleName: role })) {
      for (const { InstanceProfileName: name = '' } of InstanceProfiles) {
        if (!instanceProfiles.includes(name)) {
          const command = `aws iam remove-role-from-instance-profile --role-name ${role} --instance-profile-name ${name}`;
          found.push({ what, attached: `the instance profile ${name}`, command });
        }
      }
    }
  });
  return found;
}

/** Lists the roles, users and groups that somebody attached a policy of the stack to. */
async function carriersByHand(
  policy: string,
  { roles, named }: StackContent,
  iam: IAMClient,
): Promise<readonly Attachment[]> {
  const { paginateListEntitiesForPolicy } = require('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam');
  const found: Attachment[] = [];
  await callAws(`see who carries ${policy} (iam:ListEntitiesForPolicy)`, async () => {
    for await (const page of paginateListEntitiesForPolicy({ client: iam }, { PolicyArn: policy })) {
      const carriers = [
        ...(page.PolicyRoles ?? []).map(({ RoleName }) => ['role', RoleName ?? ''] as const),
        ...(page.PolicyUsers ?? []).map(({ UserName }) => ['user', UserName ?? ''] as const),
        ...(page.PolicyGroups ?? []).map(({ GroupName }) => ['group', GroupName ?? ''] as const),
      ];
      for (const [kind, name] of carriers) {
        if (!named.has(name) && !(kind === 'role' && roles.includes(name))) {
          const command = `aws iam detach-${kind}-policy --${kind}-name ${name} --policy-arn ${policy}`;
          found.push({ what: `policy ${policy.split('/').at(-1)}`, attached: `${kind} ${name}`, command });
        }
      }
    }
  });
  return found;
}
