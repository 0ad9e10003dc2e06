import type { Resource } from '../account/resource-properties';
import { refOf } from '../account/stand-in';
import { Unresolved } from '../account/unresolved';
import { isJsonMap } from '../catalog/json-map';
import { awsManagedPolicy } from './aws-managed-policy';
import { type BedrockStatements, bedrockStatements } from './bedrock-statements';
import type { Carrier } from './carrier';
import { NotUnderstood } from './not-understood';
import type { ReadingOptions } from './reading-options';

type Kind = 'role' | 'user' | 'group';

/** A policy of the template, and who carries it. */
interface Attachment extends BedrockStatements {
  readonly logicalId: string;
  /** Of a managed policy. */
  readonly arn?: string;
  /** `role NAME`; `undefined` for somebody whose name is known when it is deployed only. */
  readonly to: readonly (string | undefined)[];
}

const PRINCIPALS: Readonly<Record<string, Kind>> = {
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::Group': 'group',
};
/** Where policies of a type say who carries them. */
const ATTACHED_BY: Readonly<Record<string, Readonly<Partial<Record<Kind, string>>>>> = {
  'AWS::IAM::ManagedPolicy': { role: 'Roles', user: 'Users', group: 'Groups' },
  'AWS::IAM::Policy': { role: 'Roles', user: 'Users', group: 'Groups' },
  'AWS::IAM::RolePolicy': { role: 'RoleName' },
  'AWS::IAM::UserPolicy': { user: 'UserName' },
  'AWS::IAM::GroupPolicy': { group: 'GroupName' },
};

/**
 * Everybody who has a policy of the template, with the statements about Bedrock.
 *
 * Groups are carriers by themselves, and so are policies that are attached to nobody here: IAM adds up what policies
 * allow, so what a member may do, somebody alone with the group's policies or with the member's own may do as well.
 *
 * @throws NotUnderstood for types of IAM that are not known
 */
export function readCarriers(resources: readonly Resource[], options: ReadingOptions): readonly Carrier[] {
  const unknown = resources.find((r) => !Object.hasOwn(PRINCIPALS, r.type) && !Object.hasOwn(ATTACHED_BY, r.type));
  if (unknown !== undefined) {
    throw new NotUnderstood(`${unknown.logicalId} can grant access, and its type ${unknown.type} is not understood`);
  }
  const { permissionsBoundaries = [] } = options;
  const attachments = resources.filter((r) => Object.hasOwn(ATTACHED_BY, r.type)).map(attachment);
  const principals = resources.filter((r) => Object.hasOwn(PRINCIPALS, r.type));
  const managed = (arn: string): BedrockStatements | undefined => {
    const document = options.managedPolicies?.[arn] ?? awsManagedPolicy(arn);
    return (
      attachments.find((a) => a.arn === arn) ??
      (document === undefined ? undefined : bedrockStatements(`policy ${arn.split('/').at(-1)}`, document))
    );
  };
  const defined = principals.map((r) => principal(r, attachments, managed));
  const names = new Set(principals.map(nameOf));
  const carried = new Set(
    principals.flatMap((r) => [...listOf(r, 'ManagedPolicyArns'), r.partly('PermissionsBoundary')]),
  );
  const elsewhere = [...new Set(attachments.flatMap((a) => a.to))].filter((to) => to !== undefined && !names.has(to));
  const noPolicy = permissionsBoundaries.find(
    (id) => !attachments.some((a) => a.logicalId === id && a.arn !== undefined),
  );
  if (noPolicy !== undefined) {
    throw new NotUnderstood(`permissionsBoundaries names '${noPolicy}', and the template has no such managed policy`);
  }
  const isBoundary = ({ logicalId, arn }: Attachment): boolean =>
    arn !== undefined && (carried.has(arn) || permissionsBoundaries.includes(logicalId));
  const byNobody = attachments.filter((a) => (a.to.length === 0 ? !isBoundary(a) : a.to.includes(undefined)));
  return [
    ...defined,
    ...elsewhere.map((to) => ({
      label: `${to} outside the template`,
      ...joined(attachments.filter((a) => a.to.includes(to))),
    })),
    ...byNobody.map((a) => ({ label: `whoever carries policy ${a.logicalId}`, ...joined([a]) })),
  ];
}

function attachment(r: Resource): Attachment {
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

/** `role NAME`, as attachments say it. */
function nameOf(r: Resource): string {
  return `${PRINCIPALS[r.type]} ${String(refOf(r))}`;
}

function principal(
  r: Resource,
  attachments: readonly Attachment[],
  managed: (arn: string) => BedrockStatements | undefined,
): Carrier {
  const kind = PRINCIPALS[r.type];
  const attached = attachments.filter((a) => a.to.includes(nameOf(r)));
  const arns = [...new Set(listOf(r, 'ManagedPolicyArns'))].filter((arn) => !attached.some((a) => a.arn === arn));
  const own = arns.map((arn) => known(arn, managed));
  const inline = listOf(r, 'Policies').map((policy, i) => {
    const { PolicyName: name, PolicyDocument: document } = isJsonMap(policy) ? policy : {};
    return bedrockStatements(
      `inline policy ${typeof name === 'string' ? name : i + 1}`,
      policy instanceof Unresolved ? policy : document,
    );
  });
  const arn = r.partly('PermissionsBoundary');
  const boundary = arn === undefined ? undefined : known(arn, managed);
  return {
    label: kind === 'group' ? `whoever is in group ${r.logicalId}` : `${kind} ${r.logicalId}`,
    ...joined([...attached, ...own, ...inline]),
    ...(boundary !== undefined &&
      (boundary.refusals.length === 0
        ? { boundary: boundary.statements }
        : { unknownBoundary: boundary.refusals.join('; ') })),
  };
}

function known(arn: unknown, managed: (arn: string) => BedrockStatements | undefined): BedrockStatements {
  if (typeof arn !== 'string') {
    return {
      statements: [],
      refusals: [arn instanceof Unresolved ? arn.reason : 'a managed policy is not named by text'],
    };
  }
  return (
    managed(arn) ?? {
      statements: [],
      refusals: [`policy ${arn} stands outside the template; give its document in managedPolicies`],
    }
  );
}

function joined(policies: readonly BedrockStatements[]): Pick<Carrier, 'identity' | 'refusals'> {
  return { identity: policies.flatMap((p) => p.statements), refusals: policies.flatMap((p) => p.refusals) };
}

/** A list, or a single value as one; what a function gives that cannot be resolved counts as one item. */
function listOf(r: Resource, property: string): readonly unknown[] {
  return [r.partly(property) ?? []].flat();
}
