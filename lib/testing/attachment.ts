import type { Resource } from '../account/resource/resource';
import { refOf } from '../account/types/stand-in';
import { type BedrockStatements, bedrockStatements } from './bedrock-statements';

export type PrincipalKind = 'role' | 'user' | 'group';

/** A policy of the template, and who carries it. */
export interface Attachment extends BedrockStatements {
  readonly logicalId: string;
  /** Of a managed policy. */
  readonly arn?: string;
  /** `role NAME`; `undefined` for somebody whose name is known when it is deployed only. */
  readonly to: readonly (string | undefined)[];
}

/** Where policies of a type say who carries them. */
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
      listOf(r, property).map((name) => (typeof name === 'string' ? `${kind} ${name}` : undefined)),
    ),
    ...bedrockStatements(`policy ${r.logicalId}`, r.partly('PolicyDocument')),
  };
}

/** A list, or a single value as one; what a function gives that cannot be resolved counts as one item. */
export function listOf(r: Resource, property: string): readonly unknown[] {
  return [r.partly(property) ?? []].flat();
}
