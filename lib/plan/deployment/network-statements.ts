import { ownActions } from '../../account/types/called-actions';
import { EC2_TYPES } from '../../account/types/ec2';
import { regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import { madeEndpoints } from '../environment/network-plan';
import { COST_TAG } from '../names/tag-contract';
import type { Statement } from '../parts/statement';

/**
 * Allows the deployment of endpoints and of their security group in the one VPC. EC2 assigns their ids, so the
 * statements identify them by the tag that each has from its creation on. Only a creation may tag a resource that does
 * not have the tag.
 */
export function networkStatements(plan: AccessPlan): readonly Statement[] {
  const { network, environment } = plan;
  if (network?.place === undefined || madeEndpoints(network).length === 0) {
    return [];
  }
  const { vpcId, subnetIds } = network.place;
  const arn = (resource: string): string => regionalArn(plan, 'ec2', resource);
  const [endpoints, groups] = [arn('vpc-endpoint/*'), arn('security-group/*')];
  const { 'AWS::EC2::VPCEndpoint': endpoint, 'AWS::EC2::SecurityGroup': group } = EC2_TYPES;
  const created = ['ec2:CreateVpcEndpoint', 'ec2:CreateSecurityGroup'];
  const changes = ownActions(endpoint, group).filter((action) => !created.includes(action));
  const newlyTagged = { StringEquals: { [`aws:RequestTag/${COST_TAG}`]: environment } };
  return [
    {
      Sid: 'MakeEndpointsIn',
      Effect: 'Allow',
      Action: [...created, 'ec2:ModifyVpcEndpoint'],
      Resource: [arn(`vpc/${vpcId}`), ...subnetIds.map((id) => arn(`subnet/${id}`))],
    },
    {
      Sid: 'MakeEndpoints',
      Effect: 'Allow',
      Action: ['ec2:CreateVpcEndpoint'],
      Resource: [endpoints],
      Condition: newlyTagged,
    },
    {
      Sid: 'MakeSecurityGroup',
      Effect: 'Allow',
      Action: ['ec2:CreateSecurityGroup'],
      Resource: [groups],
      Condition: newlyTagged,
    },
    {
      Sid: 'TagNewEndpoints',
      Effect: 'Allow',
      Action: ['ec2:CreateTags'],
      Resource: [endpoints, groups],
      Condition: { StringEquals: { 'ec2:CreateAction': created.map((action) => action.replace('ec2:', '')) } },
    },
    {
      // An endpoint is also created and changed with the security group, which has the tag.
      Sid: 'Endpoints',
      Effect: 'Allow',
      Action: [...changes, 'ec2:CreateVpcEndpoint'],
      Resource: [endpoints, groups],
      Condition: { StringEquals: { [`aws:ResourceTag/${COST_TAG}`]: environment } },
    },
    {
      // None of these actions has a resource type in the service authorization reference of 2026-09-26.
      Sid: 'SeeNetwork',
      Effect: 'Allow',
      Action: [...new Set([endpoint, group].flatMap(({ actsOn }) => Object.keys(actsOn.others)))].sort(),
      Resource: ['*'],
    },
  ];
}
