import { groupBy } from '../../../aws/group-by';
import type { Policy } from '../../iam/policy/policy';
import type { Principal } from '../account';
import type { Resource } from '../resource/resource';
import { maps, rejectProperty, tags, text, texts } from '../resource/resource-properties';
import { accessOf, isPolicy, principalKind } from '../types/access';
import type { PolicyAccess, PrincipalKind } from '../types/resource-type';
import { attributeOf, refOf } from '../types/stand-in';

/** A policy of the templates and the names of the principals that it is attached to. */
interface Attachment {
  readonly policy: Policy;
  readonly roles: readonly string[];
  readonly users: readonly string[];
}

/** Returns the managed policies of the templates, attached or not. */
export function managedPolicies(resources: readonly Resource[]): readonly Policy[] {
  return resources.flatMap((r) => {
    const access = accessOf(r.type);
    return isPolicy(access) && access.policy === 'managed' ? [policyIn(r, access)] : [];
  });
}

/**
 * Returns the users and roles of the templates, and those outside the templates that a policy of the templates is
 * attached to.
 *
 * @param iam the account's ARN prefix in IAM, such as `arn:aws:iam::111122223333`
 */
export function principals(resources: readonly Resource[], iam: string): readonly Principal[] {
  const attachments = resources.flatMap(attachmentsOf);
  const attachedTo = {
    role: policiesByCarrier(attachments, (a) => a.roles),
    user: policiesByCarrier(attachments, (a) => a.users),
  };
  const withGroups = resources.find((r) => groupsOf(r).length > 0);
  if (withGroups !== undefined) {
    return rejectProperty(withGroups, 'Groups', 'groups are not understood; attach policies to roles or users');
  }
  const documents = new Map(managedPolicies(resources).map(({ name, document }) => [name, document]));
  const byArn = (arn: string): Policy => ({ name: arn, document: documents.get(arn) });

  const defined = resources.flatMap((r): readonly Principal[] => {
    const kind = principalKind(accessOf(r.type));
    if (kind !== 'role' && kind !== 'user') {
      return [];
    }
    const name = String(refOf(r));
    const hasBoundary = r.property('PermissionsBoundary') !== undefined;
    const attached = attachedTo[kind].get(name) ?? [];
    const listed = texts(r, 'ManagedPolicyArns').filter((arn) => !attached.some((p) => p.name === arn));
    const principal: Principal = {
      kind,
      name,
      arn: String(attributeOf(r, 'Arn')),
      tags: tags(r),
      policies: [
        ...attached,
        ...listed.map(byArn),
        ...maps(r, 'Policies').map((p) => inline(String(p['PolicyName']), p['PolicyDocument'])),
      ],
      ...(hasBoundary && { boundary: byArn(text(r, 'PermissionsBoundary')) }),
      ...(kind === 'role' && {
        trust: { name: `trust policy of ${name}`, document: r.property('AssumeRolePolicyDocument') },
      }),
      ...(r.property('MaxSessionDuration') !== undefined && {
        maxSessionSeconds: Number(r.property('MaxSessionDuration')),
      }),
      complete: true,
    };
    return [principal];
  });
  const outside = (kind: 'role' | 'user'): readonly Principal[] => {
    const known = new Set(defined.filter((p) => p.kind === kind).map((p) => p.name));
    return [...attachedTo[kind]]
      .filter(([name]) => !known.has(name))
      .map(([name, policies]) => ({
        kind,
        name,
        arn: `${iam}:${kind}/${name}`,
        tags: {},
        policies,
        complete: false,
      }));
  };
  return [...defined, ...outside('role'), ...outside('user')].sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

function policiesByCarrier(
  attachments: readonly Attachment[],
  carriers: (attachment: Attachment) => readonly string[],
): ReadonlyMap<string, readonly Policy[]> {
  const pairs = attachments.flatMap((a) => [...new Set(carriers(a))].map((name) => ({ name, policy: a.policy })));
  return new Map([...groupBy(pairs, (p) => p.name)].map(([name, own]) => [name, own.map((p) => p.policy)]));
}

function attachmentsOf(r: Resource): readonly Attachment[] {
  const access = accessOf(r.type);
  return isPolicy(access)
    ? [{ policy: policyIn(r, access), roles: carriersOf(r, access, 'role'), users: carriersOf(r, access, 'user') }]
    : [];
}

function policyIn(r: Resource, { policy }: PolicyAccess): Policy {
  const name = policy === 'managed' ? String(refOf(r)) : `inline policy ${text(r, 'PolicyName')}`;
  return { name, document: r.property('PolicyDocument') };
}

function carriersOf(r: Resource, { carriers, namedBy }: PolicyAccess, kind: PrincipalKind): readonly string[] {
  const property = namedBy[kind];
  if (property === undefined) {
    return [];
  }
  return carriers === 'one' ? [text(r, property)] : texts(r, property);
}

/** Returns the groups that a policy is attached to, or that a user belongs to. */
function groupsOf(r: Resource): readonly string[] {
  const access = accessOf(r.type);
  if (isPolicy(access)) {
    return carriersOf(r, access, 'group');
  }
  return principalKind(access) === 'user' ? texts(r, 'Groups') : [];
}

function inline(name: string, document: unknown): Policy {
  return { name: `inline policy ${name}`, document };
}
