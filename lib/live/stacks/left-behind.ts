import type { IAMClient } from '@aws-sdk/client-iam';
import { iamPath, type Place } from '../../plan/names/names';
import { callAws } from '../aws-failure';
import { type Attachment, attachedToRole } from './attached-by-hand';

/** A role of an application that no stack has any more. */
export interface LeftBehind {
  readonly role: string;
  readonly attachments: readonly Attachment[];
  /** The commands that delete it, in order. */
  readonly commands: readonly string[];
}

/** A role outside all stacks: whatever it carries is left over. */
const NOTHING = { roles: [], policies: [], instanceProfiles: [], named: new Set<string>() };

/**
 * Finds the roles of applications that no stack has. CloudFormation leaves a replaced or removed role behind if somebody
 * attached a policy to it, and the deployment ends green.
 *
 * @param inStacks names of the roles that the stacks of the environment's applications have
 * @throws AwsFailure when IAM cannot be called
 */
export async function leftBehind(
  { environment }: Place,
  inStacks: ReadonlySet<string>,
  iam: IAMClient,
): Promise<readonly LeftBehind[]> {
  const { ListRoleTagsCommand, paginateListRoles } =
    require('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam');
  const candidates: string[] = [];
  await callAws('list the roles of the environment (iam:ListRoles)', async () => {
    for await (const { Roles = [] } of paginateListRoles({ client: iam }, { PathPrefix: iamPath(environment) })) {
      candidates.push(...Roles.map(({ RoleName = '' }) => RoleName).filter((name) => !inStacks.has(name)));
    }
  });
  const found: LeftBehind[] = [];
  for (const role of candidates) {
    const { Tags = [] } = await callAws(`read the tags of ${role} (iam:ListRoleTags)`, () =>
      iam.send(new ListRoleTagsCommand({ RoleName: role })),
    );
    // Roles that serve the environment itself have its name alone, and belong to other stacks.
    const isOfApplication = Tags.some(
      ({ Key, Value }) => Key === 'BedrockAccess' && Value?.startsWith(`${environment}/`) === true,
    );
    if (isOfApplication) {
      const attachments = await attachedToRole(role, NOTHING, iam);
      const commands = [...attachments.map(({ command }) => command), `aws iam delete-role --role-name ${role}`];
      found.push({ role, attachments, commands });
    }
  }
  return found;
}
