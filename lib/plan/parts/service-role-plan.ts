import { type Place, policyArn, roleArn } from '../names/names';
import { iamPath, physicalName } from '../names/physical-name';
import type { PolicyPlan } from './role-plan';
import type { Statement, TrustStatement } from './statement';

/**
 * A role that serves this project itself, and no application: of a function, a schedule, a delivery. Its boundary has the
 * statements of its policy: it can never do more.
 */
export interface ServiceRolePlan {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  /** The service that becomes it. */
  readonly service: string;
  readonly trust: readonly TrustStatement[];
  readonly policy: PolicyPlan;
  /** The policy itself, but for a role whose boundary was deployed under a name of its own. */
  readonly boundary: PolicyPlan;
}

export interface ServiceRoleProps {
  /** Parts of its name after the environment's. */
  readonly parts: readonly string[];
  readonly service: string;
  /**
   * ARN of what the service acts for, with `*` and `?`.
   *
   * @default - the service itself keeps others from using it: Lambda runs a function as the role it was given with PassRole
   */
  readonly sourceArn?: string;
  /** Folder below the environment's IAM path, such as `limit/`. */
  readonly folder?: string;
  readonly statements: readonly Statement[];
}

/** Decides a role that one service becomes. */
export function planServiceRole(place: Place, props: ServiceRoleProps): ServiceRolePlan {
  const { parts, service, sourceArn, folder = '', statements } = props;
  const name = physicalName([place.environment, ...parts]);
  const policyName = physicalName([place.environment, ...parts.slice(0, -1), `${parts.at(-1)}-access`]);
  const policy: PolicyPlan = { name: policyName, arn: policyArn(place, policyName), statements };
  return {
    name,
    arn: roleArn(place, name, folder),
    path: `${iamPath(place.environment)}${folder}`,
    service,
    trust: [
      {
        Sid: 'Service',
        Effect: 'Allow',
        Principal: { Service: service },
        Action: ['sts:AssumeRole'],
        ...(sourceArn !== undefined && {
          Condition: {
            StringEquals: { 'aws:SourceAccount': place.account },
            ArnLike: { 'aws:SourceArn': sourceArn },
          },
        }),
      },
    ],
    policy,
    boundary: policy,
  };
}
