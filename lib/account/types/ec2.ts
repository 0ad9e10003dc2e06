import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { WholeResource } from '../account';
import type { Resource } from '../resource/resource';
import { tags, text, texts } from '../resource/resource-properties';
import { resourceTags } from '../resource/resource-tags';
import { type ActionTarget, type ActionTargets, on, onAnything } from './action-target';
import { generatedName, resourceName, token } from './generated-name';
import { regionalArn } from './resource-arn';

import { type ResourceType, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

/** Makes up an id in the format of EC2: a prefix and 17 hexadecimal digits. */
const idOf = (r: Resource, prefix: string): string =>
  `${prefix}-${Buffer.from(token(generatedName(r), 9))
    .toString('hex')
    .slice(0, 17)}`;
const endpointId = (r: Resource): string => idOf(r, 'vpce');
const groupId = (r: Resource): string => idOf(r, 'sg');

const ec2Arn = (r: Resource, resource: string): string => regionalArn(r, 'ec2', resource);
const endpointArn = (r: Resource): string => ec2Arn(r, `vpc-endpoint/${endpointId(r)}`);
const groupArn = (r: Resource): string => ec2Arn(r, `security-group/${groupId(r)}`);

/** The subnets and security groups of an endpoint. The groups of this project have the tags of the same stack. */
const partsOf = (r: Resource): readonly ActionTarget[] => [
  ...on(...texts(r, 'SubnetIds').map((id) => ec2Arn(r, `subnet/${id}`))),
  ...texts(r, 'SecurityGroupIds').map((id) => ({
    resource: ec2Arn(r, `security-group/${id}`),
    context: resourceTags(tags(r)),
  })),
];

const vpcOf: ActionTargets = (r) => on(ec2Arn(r, `vpc/${text(r, 'VpcId')}`));

/** A resource of EC2, which has its tags from its creation on. */
const tagged =
  (arnOf: (r: Resource) => string): ActionTargets =>
  (r) => [{ resource: arnOf(r), context: resourceTags(tags(r)) }];

/** EC2 checks tagging twice: as part of the creation, and later on the resource with its tags. */
const tagging =
  (arnOf: (r: Resource) => string, creation: string): ActionTargets =>
  (r) => [
    { resource: arnOf(r), context: { 'ec2:CreateAction': [creation] } },
    { resource: arnOf(r), context: resourceTags(tags(r)) },
  ];

/** Reads an endpoint. The id of a security group of the templates is replaced by the group's name. */
function endpoint(r: Resource, all: readonly Resource[]): WholeResource {
  const whole = wholeResource(r, text(r, 'ServiceName'));
  const groups = all.filter(({ type }) => type === 'AWS::EC2::SecurityGroup');
  const nameOf = (id: string): string => {
    const group = groups.find((g) => groupId(g) === id);
    return group === undefined ? id : resourceName(group, 'GroupName');
  };
  return { ...whole, properties: { ...whole.properties, SecurityGroupIds: texts(r, 'SecurityGroupIds').map(nameOf) } };
}

export const EC2_TYPES = {
  'AWS::EC2::VPCEndpoint': {
    regions: 'own',
    access: 'none',
    read: (r, all) => ({ wholeResources: [endpoint(r, all)] }),
    names: (r) => [`${text(r, 'ServiceName')} in ${text(r, 'VpcId')}`],
    standIn: { ref: endpointId, attributes: { Id: endpointId } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::EC2::VPCEndpoint'],
    unusedFeatures: [
      {
        feature: 'VPC Lattice',
        absent: ['ServiceNetworkArn', 'ResourceConfigurationArn'],
        elsewhere: true,
        actions: [
          'vpc-lattice:CreateServiceNetworkVpcEndpointAssociation',
          'vpc-lattice:DescribeServiceNetworkVpcEndpointAssociation',
        ],
        reason: 'an endpoint leads to a service of AWS',
      },
      {
        feature: 'services of another Region',
        absent: ['ServiceRegion'],
        elsewhere: true,
        actions: ['vpce:AllowMultiRegion'],
        reason: 'an endpoint leads to a service of its own Region',
      },
    ],
    actsOn: {
      itself: tagged(endpointArn),
      itselfFor: {
        'ec2:CreateVpcEndpoint': (r, roles) => [...vpcOf(r, roles), ...partsOf(r), ...on(ec2Arn(r, 'vpc-endpoint/*'))],
        'ec2:ModifyVpcEndpoint': (r, roles) => [...tagged(endpointArn)(r, roles), ...partsOf(r)],
        'ec2:CreateTags': tagging(endpointArn, 'CreateVpcEndpoint'),
      },
      others: {
        'ec2:DescribeSecurityGroups': onAnything,
        'ec2:DescribeSubnets': onAnything,
        'ec2:DescribeVpcEndpoints': onAnything,
        'ec2:DescribeVpcs': onAnything,
      },
    },
    judgedByGate: true,
    charge: {
      usd: 7.3,
      unit: 'endpoint, Availability Zone and month of 730 hours',
      source: 'AWS PrivateLink pricing page, quoted by a third party ($0.01 an hour), 2026-05',
    },
  },
  'AWS::EC2::SecurityGroup': {
    regions: 'own',
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r, resourceName(r, 'GroupName'))] }),
    names: unnamed,
    standIn: { ref: groupId, attributes: { GroupId: groupId, VpcId: (r) => text(r, 'VpcId') } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::EC2::SecurityGroup'],
    unusedFeatures: [],
    actsOn: {
      itself: tagged(groupArn),
      itselfFor: {
        'ec2:CreateSecurityGroup': (r, roles) => [...vpcOf(r, roles), ...on(ec2Arn(r, 'security-group/*'))],
        'ec2:CreateTags': tagging(groupArn, 'CreateSecurityGroup'),
      },
      others: { 'ec2:DescribeInstances': onAnything, 'ec2:DescribeSecurityGroups': onAnything },
    },
    judgedByGate: true,
    charge: 'free',
  },
} satisfies Readonly<Record<string, ResourceType>>;
