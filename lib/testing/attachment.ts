import type { Resource } from '../account/resource/resource';
import { refOf } from '../account/types/stand-in';
import { type BedrockStatements, bedrockStatements } from './bedrock-statements';

export type PrincipalKind = 'role' | 'user' | 'group';

/** A policy of the template and the principals that it is attached to. */
export interface Attachment extends BedrockStatements {
  readonly logicalId: string;
  /** ARN of a managed policy; absent for other policies. */
  readonly arn?: string;
  /** Principals such as `role NAME`; `undefined` for one whose name is known only when the template is deployed. */
  readonly to: readonly (string | undefined)[];
}

/** Properties that list the principals of a policy, by the policy's type. */
const ATTACHED_BY: Readonly<Record<string, Readonly<Partial<Record<PrincipalKind, string>>>>> = {
  'AWS::IAM::ManagedPolicy': { role: 'Roles', user: 'Users', group: 'Groups' },
  'AWS::IAM::Policy': { role: 'Roles', user: 'Users', group: 'Groups' },
  'AWS::IAM::RolePolicy': { role: 'RoleName' },
  'AWS::IAM::UserPolicy': { user: 'UserName' },
  'AWS::IAM::GroupPolicy': { group: 'GroupName' },
};

export function isPolicy({ type }: Resource): boolean {
  return Object.hasOwn(ATTACHED_BY, type);
}

export function attachment(r: Resource): Attachment {
  const by = Object.entries(ATTACHED_BY[r.type] ?? {});
  return {
    logicalId: r.logicalId,
    ...(r.type === 'AWS::IAM::ManagedPolicy' && { arn: String(refOf(r)) }),
    to: by.flatMap(([kind, property]) =>
      readList(r, property).map((name) => (typeof name === 'string' ? `${kind} ${name}` : undefined)),
    ),
    ...bedrockStatements(`policy ${r.logicalId}`, r.partly('PolicyDocument')),
  };
}

/** Reads a list. A single value is a list of one item, and so is an intrinsic function that cannot be resolved. */
export function readList(r: Resource, property: string): readonly unknown[] {
  return [r.partly(property) ?? []].flat();
}
