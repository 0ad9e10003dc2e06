import type { ResourceRequest } from '../../../lambda/custom-resource/resource-request';

/** Returns CloudFormation's request to create the gate of an application, with the changes of a test. */
export function resourceRequest(changes: Partial<ResourceRequest> = {}): ResourceRequest & Record<string, unknown> {
  return {
    RequestType: 'Create',
    ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:dev_verification',
    ResponseURL: 'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/stack%7CGate?Signature=s',
    StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--shop/c2f4ef60-c6ee-11f0-9e1a-0affc1a3a1bd',
    RequestId: '9d3c6b0e-6d2a-4bd0-8d6f-1f7f3e5c2a10',
    LogicalResourceId: 'Gate',
    ResourceType: 'Custom::BedrockAccessGate',
    ResourceProperties: {
      ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:dev_verification',
      ServiceTimeout: '960',
      Application: 'shop',
      Aliases: { main: 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/shop-main' },
      OnFailure: 'fail',
      Judged: '0'.repeat(64),
    },
    ...changes,
  };
}
