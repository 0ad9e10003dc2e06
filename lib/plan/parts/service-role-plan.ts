import { policyArn, roleArn } from '../names/arns';
import { iamPath, type Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { PolicyPlan } from './role-plan';
import type { Statement, TrustStatement } from './statement';

/**
 * A role that an AWS service assumes for this project itself, for example for a function, a schedule or log delivery.
 * No application uses it. Its boundary has the same statements as its policy, so that the role can never do more.
 */
export interface ServiceRolePlan {
  readonly name: string;
  readonly arn: string;
  readonly path: string;
  /** The service that may assume the role. */
  readonly service: string;
  readonly trust: readonly TrustStatement[];
  readonly policy: PolicyPlan;
  /** The policy itself, unless the role was first deployed with a boundary of another name. */
  readonly boundary: PolicyPlan;
}

export interface ServiceRoleProps {
  /** Parts of its name after the environment's name. */
  readonly parts: readonly string[];
  readonly service: string;
  /**
   * ARN pattern, with `*` and `?`, of the resources for which the service may assume the role.
   *
   * @default - none: Lambda uses a role only for functions that received it through `iam:PassRole`
   */
  readonly sourceArn?: string;
  /** Folder below the environment's IAM path, such as `limit/`. */
  readonly folder?: string;
  readonly statements: readonly Statement[];
}

/** Decides a role that one service may assume. */
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
