import type { RequestContext } from '../../iam/match/access-request';
import type { Resource } from '../resource/resource';

/** What an action is done on, and what of the request a condition may ask for. */
export interface Concern {
  readonly resource: string;
  readonly context?: RequestContext;
}

/** A role of the templates. */
export interface OwnRole {
  readonly arn: string;
  readonly boundary?: string;
}

/** The templates' own roles by name. */
export type OwnRoles = ReadonlyMap<string, OwnRole>;

/** What CloudFormation does an action on for one resource. */
export type Concerns = (resource: Resource, roles: OwnRoles) => readonly Concern[];

/** The action is done on ARNs, and no condition of IAM can ask for more. */
export const on = (...arns: readonly string[]): readonly Concern[] => arns.map((resource) => ({ resource }));

/** The action has no resource type in the service authorization reference. */
export const onAnything: Concerns = () => on('*');

/** A role is passed to a service. */
export const passedTo = (role: string, service: string): Concern => ({
  resource: role,
  context: { 'iam:PassedToService': [service] },
});
