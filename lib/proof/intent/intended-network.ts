import type { WholeResource } from '../../account/account';
import type { AccessPlan } from '../../plan/environment/access-plan';

/**
 * States a second time, from the VPC and the services alone, the endpoints and the security group that decides from
 * where they are reached. The policies of the endpoints are proven for classes of requests instead
 * (`prove-endpoints.ts`).
 */
export function intendedNetwork({ environment, region, network }: AccessPlan): readonly WholeResource[] {
  if (network?.place === undefined) {
    return [];
  }
  const { vpcId: VpcId, subnetIds: SubnetIds, clientCidr: CidrIp } = network.place;
  const group = `${environment}_endpoints`;
  return [
    {
      type: 'AWS::EC2::SecurityGroup',
      name: group,
      properties: {
        GroupDescription: 'Clients of the endpoints of bedrock-access',
        GroupName: group,
        SecurityGroupEgress: [{ CidrIp: '127.0.0.1/32', Description: 'nothing', IpProtocol: '-1' }],
        SecurityGroupIngress: [
          { CidrIp, Description: 'clients of the endpoints', FromPort: 443, IpProtocol: 'tcp', ToPort: 443 },
        ],
        VpcId,
      },
    },
    ...network.endpoints
      .filter(({ existingId }) => existingId === undefined)
      .map(({ service }): WholeResource => {
        const ServiceName = `com.amazonaws.${region}.${service}`;
        return {
          type: 'AWS::EC2::VPCEndpoint',
          name: ServiceName,
          properties: {
            PrivateDnsEnabled: true,
            SecurityGroupIds: [group],
            ServiceName,
            SubnetIds,
            VpcEndpointType: 'Interface',
            VpcId,
          },
        };
      }),
  ];
}
