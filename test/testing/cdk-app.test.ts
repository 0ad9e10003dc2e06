import '../../lib/testing';
import { Duration, NestedStack, type Stack } from 'aws-cdk-lib';
import { CfnApplicationInferenceProfile } from 'aws-cdk-lib/aws-bedrock';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { ManagedPolicy, PermissionsBoundary, PolicyStatement, User } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { INVOKE, messageOf, roleOf, sentenceOf, synthesized } from './small-template';

const MODEL_ID = 'amazon.nova-lite-v1:0';

function profileOf(stack: Stack): string {
  const copyFrom = stack.formatArn({
    service: 'bedrock',
    account: '',
    resource: 'foundation-model',
    resourceName: MODEL_ID,
  });
  return new CfnApplicationInferenceProfile(stack, 'Profile', {
    inferenceProfileName: 'chat',
    modelSource: { copyFrom },
  }).attrInferenceProfileArn;
}

const modelOf = (stack: Stack, region = stack.region): string =>
  stack.formatArn({ service: 'bedrock', region, account: '', resource: 'foundation-model', resourceName: MODEL_ID });

/** Returns statements that allow the profile, and the model through the profile. */
function invokeThrough(stack: Stack, profile: string): readonly PolicyStatement[] {
  return [
    new PolicyStatement({ actions: INVOKE, resources: [profile] }),
    new PolicyStatement({
      actions: INVOKE,
      resources: [modelOf(stack)],
      conditions: { ArnEquals: { 'bedrock:InferenceProfileArn': profile } },
    }),
  ];
}

function functionOf(stack: Stack): LambdaFunction {
  return new LambdaFunction(stack, 'Api', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {}'),
    timeout: Duration.seconds(10),
  });
}

test('a function that calls its profile and also uses a bucket and a table passes all matchers', () => {
  const template = synthesized((stack) => {
    const api = functionOf(stack);
    for (const statement of invokeThrough(stack, profileOf(stack))) {
      api.addToRolePolicy(statement);
    }
    new Bucket(stack, 'Documents').grantReadWrite(api);
    new Table(stack, 'Sessions', { partitionKey: { name: 'id', type: AttributeType.STRING } }).grantReadData(api);
  });
  expect(template).toInvokeOnlyThroughProfiles();
  expect(template).toReachOnlyRegions(['us-east-1']);
  expect(template).toReachOnlyRegions(['eu-west-1'], { region: 'eu-west-1' });
  expect(template).toStreamWhereverItInvokes();
});

test('the same function with one excess statement fails', () => {
  const template = synthesized((stack) => {
    const api = functionOf(stack);
    for (const statement of invokeThrough(stack, profileOf(stack))) {
      api.addToRolePolicy(statement);
    }
    api.addToRolePolicy(
      new PolicyStatement({ sid: 'Fallback', actions: ['bedrock:InvokeModel'], resources: [modelOf(stack, '*')] }),
    );
  });
  const model = (region: string): string => `arn:aws:bedrock:${region}::foundation-model/${MODEL_ID}`;
  const by = 'policy ApiServiceRoleDefaultPolicyB24862FE Sid Fallback';
  expect(sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles())).toBe(
    `role ApiServiceRole1BD550DA may bedrock:InvokeModel on ${model('us-east-1')} without any profile; allowed by ${by}`,
  );
  expect(sentenceOf(() => expect(template).toReachOnlyRegions(['us-east-1']))).toBe(
    `role ApiServiceRole1BD550DA may bedrock:InvokeModel on ${model('eu-west-1')} without any profile; allowed by ${by}`,
  );
});

test('a message shows the logical ID of a profile of the template, because its ARN is not known yet', () => {
  const template = synthesized((stack) =>
    roleOf(stack).addToPolicy(new PolicyStatement({ actions: ['bedrock:InvokeModel'], resources: [profileOf(stack)] })),
  );
  expect(sentenceOf(() => expect(template).toReachOnlyRegions(['eu-west-1']))).toBe(
    'role ApiF70053CD may bedrock:InvokeModel on the profile Profile; allowed by policy ApiDefaultPolicy47491513 statement 1',
  );
});

test('a boundary that is applied to the whole app makes excess statements harmless', () => {
  const template = synthesized((stack) => {
    const profile = profileOf(stack);
    roleOf(stack).addToPolicy(new PolicyStatement({ actions: ['bedrock:*'], resources: ['*'] }));
    const boundary = new ManagedPolicy(stack, 'Boundary', { statements: [...invokeThrough(stack, profile)] });
    PermissionsBoundary.of(stack).apply(boundary);
  });
  expect(template).toInvokeOnlyThroughProfiles();
  expect(template).toReachOnlyRegions(['us-east-1']);
});

test('a managed policy for users of other stacks is judged as if a principal had it', () => {
  const template = synthesized((stack) => {
    new ManagedPolicy(stack, 'Analysts', {
      statements: [new PolicyStatement({ actions: INVOKE, resources: [modelOf(stack)] })],
    });
    new User(stack, 'Alice');
  });
  expect(sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles())).toMatch(
    /^any principal with policy Analysts\w+ may bedrock:InvokeModel on arn:aws:bedrock:us-east-1::foundation-model\//,
  );
});

test('a stack with a nested stack is read when the option says that the nested stack is tested separately', () => {
  const template = synthesized((stack) => {
    const role = roleOf(stack);
    for (const statement of invokeThrough(stack, profileOf(stack))) {
      role.addToPolicy(statement);
    }
    roleOf(new NestedStack(stack, 'Inner'), 'Inner');
  });
  expect(messageOf(() => expect(template).toInvokeOnlyThroughProfiles())).toMatch(
    /^the nested stack Inner\w+ has its own template; /,
  );
  expect(template).toInvokeOnlyThroughProfiles({ nestedStacks: 'testedApart' });
});
