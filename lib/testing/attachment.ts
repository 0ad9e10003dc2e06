import type { Resource } from '../account/resource/resource';
import type { PolicyAccess } from '../account/types/resource-type';
import { refOf } from '../account/types/stand-in';
import { type BedrockStatements, bedrockStatements } from './bedrock-statements';

/** A policy of the template and the principals that it is attached to. */
export interface Attachment extends BedrockStatements {
  readonly logicalId: string;
  /** ARN of a managed policy; absent for other policies. */
  readonly arn?: string;
  /** Principals such as `role NAME`; `undefined` for one whose name is known only when the template is deployed. */
  readonly to: readonly (string | undefined)[];
}

export function attachment(r: Resource, { policy, namedBy }: PolicyAccess): Attachment {
  return {
    logicalId: r.logicalId,
    ...(policy === 'managed' && { arn: String(refOf(r)) }),
    to: Object.entries(namedBy).flatMap(([kind, property]) =>
      readList(r, property).map((name) => (typeof name === 'string' ? `${kind} ${name}` : undefined)),
    ),
    ...bedrockStatements(`policy ${r.logicalId}`, r.partialProperty('PolicyDocument')),
  };
}

/** Reads a list. A single value is a list of one item, and so is an intrinsic function that cannot be resolved. */
export function readList(r: Resource, property: string): readonly unknown[] {
  return [r.partialProperty(property) ?? []].flat();
}
