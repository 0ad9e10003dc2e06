import '../../lib/testing';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnApplicationInferenceProfile } from 'aws-cdk-lib/aws-bedrock';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

const actions = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

class ChatStack extends Stack {
  constructor(app: App) {
    super(app, 'Chat');
    const model = `arn:aws:bedrock:${this.region}::foundation-model/amazon.nova-lite-v1:0`;
    const { attrInferenceProfileArn: profile } = new CfnApplicationInferenceProfile(this, 'Profile', {
      inferenceProfileName: 'chat',
      modelSource: { copyFrom: model },
    });
    const role = new Role(this, 'Api', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const conditions = { ArnEquals: { 'bedrock:InferenceProfileArn': profile } };
    role.addToPolicy(new PolicyStatement({ actions, resources: [profile] }));
    role.addToPolicy(new PolicyStatement({ actions, resources: [model], conditions }));
  }
}

const template = Template.fromStack(new ChatStack(new App()));

test('every principal that may call a model calls it through a profile, in us-east-1, streaming or not', () => {
  expect(template).toInvokeOnlyThroughProfiles();
  expect(template).toReachOnlyRegions(['us-east-1']);
  expect(template).toStreamWhereverItInvokes();
});
