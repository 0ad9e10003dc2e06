import type { Policy } from '../../iam/policy/policy';
import type { Principal } from '../account';
import type { Resource } from '../resource/resource';
import { maps, tags, text, texts, wrong } from '../resource/resource-properties';
import { attributeOf, refOf } from '../types/stand-in';

/** Resources of some types, over all stacks of an environment. */
export type ResourcesOf = (...types: readonly string[]) => readonly Resource[];

/** A policy of the templates and the names of the principals that carry it. */
interface Attachment {
  readonly policy: Policy;
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/**
 * The users and roles of the templates, and those outside that policies of the templates are attached to.
 *
 * @param iam the account's ARN prefix in IAM, such as `arn:aws:iam::111122223333`
 */
export function principals(of: ResourcesOf, iam: string): readonly Principal[] {
  const managed = of('AWS::IAM::ManagedPolicy');
  const attachments: readonly Attachment[] = [
    ...managed.map((r) => ({
      policy: { name: String(refOf(r)), document: r.property('PolicyDocument') },
      roles: texts(r, 'Roles'),
      users: texts(r, 'Users'),
    })),
    ...of('AWS::IAM::Policy').map((r) => ({
      policy: inline(text(r, 'PolicyName'), r.property('PolicyDocument')),
      roles: texts(r, 'Roles'),
      users: texts(r, 'Users'),
    })),
    ...of('AWS::IAM::RolePolicy').map((r) => ({
      policy: inline(text(r, 'PolicyName'), r.property('PolicyDocument')),
      roles: [text(r, 'RoleName')],
      users: [],
    })),
    ...of('AWS::IAM::UserPolicy').map((r) => ({
      policy: inline(text(r, 'PolicyName'), r.property('PolicyDocument')),
      roles: [],
      users: [text(r, 'UserName')],
    })),
  ];
  const withGroups = [...managed, ...of('AWS::IAM::Policy', 'AWS::IAM::User')].find(
    (r) => texts(r, 'Groups').length > 0,
  );
  if (withGroups !== undefined) {
    return wrong(withGroups, 'Groups', 'groups are not understood here');
  }
  const documents = new Map(managed.map((r) => [String(refOf(r)), r.property('PolicyDocument')]));
  const byArn = (arn: string): Policy => ({ name: arn, document: documents.get(arn) });

  const defined = of('AWS::IAM::Role', 'AWS::IAM::User').map((r): Principal => {
    const kind = r.type === 'AWS::IAM::Role' ? 'role' : 'user';
    const name = String(refOf(r));
    const bounded = r.property('PermissionsBoundary') !== undefined;
    const attached = attachments
      .filter((a) => (kind === 'role' ? a.roles : a.users).includes(name))
      .map((a) => a.policy);
    const own = texts(r, 'ManagedPolicyArns').filter((arn) => !attached.some((p) => p.name === arn));
    return {
      kind,
      name,
      arn: String(attributeOf(r, 'Arn')),
      tags: tags(r),
      policies: [
        ...attached,
        ...own.map(byArn),
        ...maps(r, 'Policies').map((p) => inline(String(p['PolicyName']), p['PolicyDocument'])),
      ],
      ...(bounded && { boundary: byArn(text(r, 'PermissionsBoundary')) }),
      ...(kind === 'role' && {
        trust: { name: `trust policy of ${name}`, document: r.property('AssumeRolePolicyDocument') },
      }),
      ...(r.property('MaxSessionDuration') !== undefined && {
        maxSessionSeconds: Number(r.property('MaxSessionDuration')),
      }),
      complete: true,
    };
  });
  const outside = (kind: 'role' | 'user'): readonly Principal[] => {
    const names = new Set(attachments.flatMap((a) => (kind === 'role' ? a.roles : a.users)));
    return [...names]
      .filter((name) => !defined.some((p) => p.kind === kind && p.name === name))
      .map((name) => ({
        kind,
        name,
        arn: `${iam}:${kind}/${name}`,
        tags: {},
        policies: attachments.filter((a) => (kind === 'role' ? a.roles : a.users).includes(name)).map((a) => a.policy),
        complete: false,
      }));
  };
  return [...defined, ...outside('role'), ...outside('user')].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

function inline(name: string, document: unknown): Policy {
  return { name: `inline policy ${name}`, document };
}
