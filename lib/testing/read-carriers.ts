import type { Resource } from '../account/resource/resource';
import { Unresolved } from '../account/resource/unresolved';
import { refOf } from '../account/types/stand-in';
import { isJsonMap } from '../catalog/json-map';
import { type Attachment, attachment, isPolicy, listOf, type PrincipalKind } from './attachment';
import { awsManagedPolicy } from './aws-managed-policy';
import { type BedrockStatements, bedrockStatements } from './bedrock-statements';
import type { Carrier } from './carrier';
import { NotUnderstood } from './not-understood';
import type { ReadingOptions } from './reading-options';

const PRINCIPALS: Readonly<Record<string, PrincipalKind>> = {
  'AWS::IAM::Role': 'role',
  'AWS::IAM::User': 'user',
  'AWS::IAM::Group': 'group',
};

type ManagedPolicies = (arn: string) => BedrockStatements | undefined;

/**
 * Everybody who has a policy of the template, with the statements about Bedrock.
 *
 * Groups are carriers by themselves, and so are policies that are attached to nobody here: IAM adds up what policies
 * allow, so what a member may do, somebody alone with the group's policies or with the member's own may do as well.
 *
 * @throws NotUnderstood for types of IAM that are not known
 */
export function readCarriers(resources: readonly Resource[], options: ReadingOptions): readonly Carrier[] {
  const policies = resources.filter(isPolicy);
  const principals = resources.filter((r) => Object.hasOwn(PRINCIPALS, r.type));
  const unknown = resources.find((r) => !policies.includes(r) && !principals.includes(r));
  if (unknown !== undefined) {
    throw new NotUnderstood(`${unknown.logicalId} can grant access, and its type ${unknown.type} is not understood`);
  }
  const attachments = policies.map(attachment);
  const managed: ManagedPolicies = (arn) => {
    const document = options.managedPolicies?.[arn] ?? awsManagedPolicy(arn);
    return (
      attachments.find((a) => a.arn === arn) ??
      (document === undefined ? undefined : bedrockStatements(`policy ${arn.split('/').at(-1)}`, document))
    );
  };
  const names = new Set(principals.map(nameOf));
  const elsewhere = [...new Set(attachments.flatMap((a) => a.to))].filter((to) => to !== undefined && !names.has(to));
  return [
    ...principals.map((r) => principal(r, attachments, managed)),
    ...elsewhere.map((to) => ({
      label: `${to} outside the template`,
      ...joined(attachments.filter((a) => a.to.includes(to))),
    })),
    ...carriedByNobody(attachments, principals, options.permissionsBoundaries ?? []).map((a) => ({
      label: `whoever carries policy ${a.logicalId}`,
      ...joined([a]),
    })),
  ];
}

/** Policies that nobody has here, or somebody whose name is not known: not those that only limit. */
function carriedByNobody(
  attachments: readonly Attachment[],
  principals: readonly Resource[],
  boundaries: readonly string[],
): readonly Attachment[] {
  const wrong = boundaries.find((id) => !attachments.some((a) => a.logicalId === id && a.arn !== undefined));
  if (wrong !== undefined) {
    throw new NotUnderstood(`permissionsBoundaries names '${wrong}', and the template has no such managed policy`);
  }
  const used = new Set(principals.flatMap((r) => [...listOf(r, 'ManagedPolicyArns'), r.partly('PermissionsBoundary')]));
  const isUsed = ({ logicalId, arn }: Attachment): boolean =>
    arn !== undefined && (used.has(arn) || boundaries.includes(logicalId));
  return attachments.filter((a) => (a.to.length === 0 ? !isUsed(a) : a.to.includes(undefined)));
}

/** `role NAME`, as attachments say it. */
function nameOf(r: Resource): string {
  return `${PRINCIPALS[r.type]} ${String(refOf(r))}`;
}

function principal(r: Resource, attachments: readonly Attachment[], managed: ManagedPolicies): Carrier {
  const kind = PRINCIPALS[r.type];
  const attached = attachments.filter((a) => a.to.includes(nameOf(r)));
  const arns = [...new Set(listOf(r, 'ManagedPolicyArns'))].filter((arn) => !attached.some((a) => a.arn === arn));
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
    ...joined([...attached, ...arns.map((a) => known(a, managed)), ...inline]),
    ...(boundary !== undefined &&
      (boundary.refusals.length === 0
        ? { boundary: boundary.statements }
        : { unknownBoundary: boundary.refusals.join('; ') })),
  };
}

function known(arn: unknown, managed: ManagedPolicies): BedrockStatements {
  if (typeof arn !== 'string') {
    const reason = arn instanceof Unresolved ? arn.reason : 'a managed policy is not named by text';
    return { statements: [], refusals: [reason] };
  }
  const refusal = `policy ${arn} stands outside the template; give its document in managedPolicies`;
  return managed(arn) ?? { statements: [], refusals: [refusal] };
}

function joined(policies: readonly BedrockStatements[]): Pick<Carrier, 'identity' | 'refusals'> {
  return { identity: policies.flatMap((p) => p.statements), refusals: policies.flatMap((p) => p.refusals) };
}
