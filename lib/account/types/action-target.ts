import type { RequestContext } from '../../iam/match/access-request';
import type { Resource } from '../resource/resource';

/** A resource that an action is called on, with the condition keys of the request. */
export interface ActionTarget {
  readonly resource: string;
  readonly context?: RequestContext;
}

/** A role that the templates define. */
export interface OwnRole {
  readonly arn: string;
  readonly boundary?: string;
}

/** The roles that the templates define, by name. */
export type OwnRoles = ReadonlyMap<string, OwnRole>;

/** Returns the targets of an action that CloudFormation calls for one resource. */
export type ActionTargets = (resource: Resource, roles: OwnRoles) => readonly ActionTarget[];

/** Makes targets of ARNs, without condition keys. */
export const on = (...arns: readonly string[]): readonly ActionTarget[] => arns.map((resource) => ({ resource }));

/** Target `*` of an action that has no resource type in the service authorization reference. */
export const onAnything: ActionTargets = () => on('*');

/** Makes the target of `iam:PassRole`: a role that is passed to a service. */
export const passedTo = (role: string, service: string): ActionTarget => ({
  resource: role,
  context: { 'iam:PassedToService': [service] },
});
