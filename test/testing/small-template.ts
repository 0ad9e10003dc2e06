import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

export type Json = Readonly<Record<string, unknown>>;

export const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
export const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0';
export const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcdefghijkl';
export const SYSTEM_PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-lite-v1:0';

export const allow = (statement: Json): Json => ({ Effect: 'Allow', Action: INVOKE, Resource: '*', ...statement });
export const deny = (statement: Json): Json => allow({ Effect: 'Deny', ...statement });
/** Statement that allows a model with the profile in the condition key. */
export const through = (operator: string, value: string | readonly string[] = PROFILE, Resource = MODEL): Json =>
  allow({ Resource, Condition: { [operator]: { 'bedrock:InferenceProfileArn': value } } });
export const documentOf = (statements: readonly Json[]): Json => ({ Version: '2012-10-17', Statement: statements });

export const role = (properties: Json = {}): Json => ({
  Type: 'AWS::IAM::Role',
  Properties: { AssumeRolePolicyDocument: documentOf([]), ...properties },
});
export const policy = (statements: readonly unknown[], properties: Json = {}, type = 'AWS::IAM::Policy'): Json => ({
  Type: type,
  Properties: { PolicyName: 'access', PolicyDocument: documentOf(statements as readonly Json[]), ...properties },
});

/** Returns a role `Api` with a policy `Access` of these statements and, if given, a permissions boundary of those. */
export function templateOf(statements: readonly Json[], boundary?: readonly Json[]): Json {
  const bounded = boundary === undefined ? {} : { PermissionsBoundary: { Ref: 'Boundary' } };
  return {
    Resources: {
      Api: role(bounded),
      Access: policy(statements, { Roles: [{ Ref: 'Api' }] }),
      ...(boundary !== undefined && { Boundary: policy(boundary, {}, 'AWS::IAM::ManagedPolicy') }),
    },
  };
}

/** Synthesizes an app with this stack. */
export function synthesized(build: (stack: Stack) => unknown): Template {
  const stack = new Stack(new App(), 'Test');
  build(stack);
  return Template.fromStack(stack);
}

export function roleOf(stack: Stack, id = 'Api'): Role {
  return new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

/** Returns the first sentence of a failing expectation, or `passes`. */
export function sentenceOf(expectation: () => void): string {
  return messageOf(expectation).split('\n')[0] ?? '';
}

export function messageOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'passes';
}
