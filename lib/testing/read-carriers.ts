import type { Resource } from '../account/resource/resource';
import { Unresolved } from '../account/resource/unresolved';
import { accessOf, isPolicy, principalKind } from '../account/types/access';
import type { PrincipalKind } from '../account/types/resource-type';
import { refOf } from '../account/types/stand-in';
import { isJsonMap } from '../catalog/json-map';
import { type Attachment, attachment, readList } from './attachment';
import { awsManagedPolicy } from './aws-managed-policy';
import { type BedrockStatements, bedrockStatements } from './bedrock-statements';
import type { Carrier } from './carrier';
import { NotUnderstood } from './not-understood';
import type { ReadingOptions } from './reading-options';

type ManagedPolicies = (arn: string) => BedrockStatements | undefined;

/**
 * Reads every carrier of a policy in the template, with the statements that concern Bedrock.
 *
 * A group is a carrier of its own, and so is a policy that the template leaves unattached. This loses nothing, because
 * IAM adds up what policies allow: each request of a group's member is allowed by the group's policies alone or by the
 * member's own policies alone.
 *
 * @throws NotUnderstood for IAM types that are not known
 */
export function readCarriers(resources: readonly Resource[], options: ReadingOptions): readonly Carrier[] {
  const principals = resources.filter((r) => kindOf(r) !== undefined);
  const unknown = resources.find((r) => !isPolicy(accessOf(r.type)) && !principals.includes(r));
  if (unknown !== undefined) {
    throw new NotUnderstood(`${unknown.logicalId} can grant access, but its type ${unknown.type} is not understood`);
  }
  const attachments = resources.flatMap((r) => {
    const access = accessOf(r.type);
    return isPolicy(access) ? [attachment(r, access)] : [];
  });
  const managed: ManagedPolicies = (arn) => {
    const document = options.managedPolicies?.[arn] ?? awsManagedPolicy(arn);
    return (
      attachments.find((a) => a.arn === arn) ??
      (document === undefined ? undefined : bedrockStatements(`policy ${arn.split('/').at(-1)}`, document))
    );
  };
  const names = new Set(principals.map(principalName));
  const elsewhere = [...new Set(attachments.flatMap((a) => a.to))].filter((to) => to !== undefined && !names.has(to));
  return [
    ...principals.map((r) => principal(r, attachments, managed)),
    ...elsewhere.map((to) => ({
      label: `${to} outside the template`,
      ...mergeStatements(attachments.filter((a) => a.to.includes(to))),
    })),
    ...unattachedPolicies(attachments, principals, options.permissionsBoundaries ?? []).map((a) => ({
      label: `any principal with policy ${a.logicalId}`,
      ...mergeStatements([a]),
    })),
  ];
}

/**
 * Lists the policies that are attached to no principal, or to one whose name is not known.
 *
 * A policy that is used only as a permissions boundary is left out.
 */
function unattachedPolicies(
  attachments: readonly Attachment[],
  principals: readonly Resource[],
  boundaries: readonly string[],
): readonly Attachment[] {
  const missing = boundaries.find((id) => !attachments.some((a) => a.logicalId === id && a.arn !== undefined));
  if (missing !== undefined) {
    throw new NotUnderstood(`permissionsBoundaries names '${missing}', but the template has no such managed policy`);
  }
  const used = new Set(
    principals.flatMap((r) => [...readList(r, 'ManagedPolicyArns'), r.partialProperty('PermissionsBoundary')]),
  );
  const isUsed = ({ logicalId, arn }: Attachment): boolean =>
    arn !== undefined && (used.has(arn) || boundaries.includes(logicalId));
  return attachments.filter((a) => (a.to.length === 0 ? !isUsed(a) : a.to.includes(undefined)));
}

/** Returns a principal's name in the form of {@link Attachment.to}: `role NAME`. */
function principalName(r: Resource): string {
  return `${kindOf(r)} ${String(refOf(r))}`;
}

function kindOf({ type }: Resource): PrincipalKind | undefined {
  return principalKind(accessOf(type));
}

function principal(r: Resource, attachments: readonly Attachment[], managed: ManagedPolicies): Carrier {
  const kind = kindOf(r);
  const attached = attachments.filter((a) => a.to.includes(principalName(r)));
  const arns = [...new Set(readList(r, 'ManagedPolicyArns'))].filter((arn) => !attached.some((a) => a.arn === arn));
  const inline = readList(r, 'Policies').map((policy, i) => {
    const { PolicyName: name, PolicyDocument: document } = isJsonMap(policy) ? policy : {};
    return bedrockStatements(
      `inline policy ${typeof name === 'string' ? name : i + 1}`,
      policy instanceof Unresolved ? policy : document,
    );
  });
  const arn = r.partialProperty('PermissionsBoundary');
  const boundary = arn === undefined ? undefined : findManaged(arn, managed);
  return {
    label: kind === 'group' ? `any member of group ${r.logicalId}` : `${kind} ${r.logicalId}`,
    ...mergeStatements([...attached, ...arns.map((a) => findManaged(a, managed)), ...inline]),
    ...(boundary !== undefined &&
      (boundary.refusals.length === 0
        ? { boundary: boundary.statements }
        : { unknownBoundary: boundary.refusals.join('; ') })),
  };
}

function findManaged(arn: unknown, managed: ManagedPolicies): BedrockStatements {
  if (typeof arn !== 'string') {
    const reason = arn instanceof Unresolved ? arn.reason : 'the ARN of a managed policy is not a string';
    return { statements: [], refusals: [reason] };
  }
  const refusal = `policy ${arn} is not in the template; pass its document in managedPolicies`;
  return managed(arn) ?? { statements: [], refusals: [refusal] };
}

function mergeStatements(policies: readonly BedrockStatements[]): Pick<Carrier, 'identity' | 'refusals'> {
  return { identity: policies.flatMap((p) => p.statements), refusals: policies.flatMap((p) => p.refusals) };
}
