import { Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnSecurityGroup, CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { AccessPlan } from '../plan/environment/access-plan';
import { type EndpointPlace, madeEndpoints } from '../plan/environment/network-plan';
import { policyDocument } from '../plan/parts/statement';

export interface NetworkStackProps extends StackProps {
  readonly plan: AccessPlan;
  readonly place: EndpointPlace;
}

/** Port of HTTPS, the only one that endpoints of AWS services listen on. */
const HTTPS = 443;

/**
 * The endpoints through which a VPC calls models. They refer to no other stack: their policies name principals by ARN
 * and profiles by tag.
 */
export class NetworkStack extends Stack {
  constructor(scope: Construct, id: string, { plan, place, ...props }: NetworkStackProps) {
    super(scope, id, props);
    const { vpcId, subnetIds, clientCidr, securityGroupName } = place;
    const group = new CfnSecurityGroup(this, 'Clients', {
      groupName: securityGroupName,
      groupDescription: 'Clients of the endpoints of bedrock-access',
      vpcId,
      securityGroupIngress: [
        {
          ipProtocol: 'tcp',
          fromPort: HTTPS,
          toPort: HTTPS,
          cidrIp: clientCidr,
          description: 'clients of the endpoints',
        },
      ],
      // An endpoint begins no connection. Without any rule, EC2 would add one that allows all.
      securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '127.0.0.1/32', description: 'nothing' }],
    });
    for (const { service, serviceName, statements } of madeEndpoints(plan.network)) {
      new CfnVPCEndpoint(this, service, {
        vpcEndpointType: 'Interface',
        serviceName,
        vpcId,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.attrGroupId],
        privateDnsEnabled: true,
        policyDocument: policyDocument(statements),
      });
    }
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }
}
