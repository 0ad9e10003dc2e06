import { createHash } from 'node:crypto';
import { type CfnElement, CfnResource } from 'aws-cdk-lib';
import { RESOURCE_TYPES } from '../../account/types/resource-types';
import { describeElement } from '../describe-element';

/**
 * Returns the digest that makes CloudFormation call a gate again when it changes.
 *
 * It covers everything that decides the application's access: the elements of the stack, except those of types that
 * cannot change access, such as alarms, and the resources outside the stack in `outside`.
 *
 * @param outside descriptions of the boundaries and of the verification function with its permissions
 */
export function gateDigest(elements: readonly CfnElement[], outside: readonly string[]): string {
  const own = elements.filter(isJudged).map((element) => describeElement(element, ['Metadata']));
  return createHash('sha256')
    .update(JSON.stringify([...own, ...outside].sort()))
    .digest('hex');
}

/** Returns true unless the type is known to change nobody's access. */
function isJudged(element: CfnElement): boolean {
  const type = CfnResource.isCfnResource(element) ? RESOURCE_TYPES.get(element.cfnResourceType) : undefined;
  return type?.judgedByGate ?? true;
}
