import type { Resource } from '../resource/resource';
import { TemplateError } from '../resource/template-error';

/**
 * ARN formats of resource types in the templates of other apps, by type and attribute (CloudFormation resource
 * reference). HERE is replaced by Region and account, and NAME by the logical ID.
 */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::Bedrock::Agent.AgentArn': 'bedrock:HERE:agent/NAME',
  'AWS::Bedrock::AgentAlias.AgentAliasArn': 'bedrock:HERE:agent-alias/NAME/NAME',
  'AWS::Bedrock::DataAutomationProject.ProjectArn': 'bedrock:HERE:data-automation-project/NAME',
  'AWS::Bedrock::Flow.Arn': 'bedrock:HERE:flow/NAME',
  'AWS::Bedrock::FlowAlias.Arn': 'bedrock:HERE:flow/NAME/alias/NAME',
  'AWS::Bedrock::Guardrail.GuardrailArn': 'bedrock:HERE:guardrail/NAME',
  'AWS::Bedrock::IntelligentPromptRouter.PromptRouterArn': 'bedrock:HERE:prompt-router/NAME',
  'AWS::Bedrock::KnowledgeBase.KnowledgeBaseArn': 'bedrock:HERE:knowledge-base/NAME',
  'AWS::Bedrock::Prompt.Arn': 'bedrock:HERE:prompt/NAME',
  'AWS::DynamoDB::GlobalTable.Arn': 'dynamodb:HERE:table/NAME',
  'AWS::DynamoDB::Table.Arn': 'dynamodb:HERE:table/NAME',
  'AWS::ECR::Repository.Arn': 'ecr:HERE:repository/NAME',
  'AWS::Events::EventBus.Arn': 'events:HERE:event-bus/NAME',
  'AWS::Kinesis::Stream.Arn': 'kinesis:HERE:stream/NAME',
  'AWS::OpenSearchServerless::Collection.Arn': 'aoss:HERE:collection/NAME',
  'AWS::S3::Bucket.Arn': 's3:::NAME',
  'AWS::SQS::Queue.Arn': 'sqs:HERE:NAME',
  'AWS::SecretsManager::Secret.Ref': 'secretsmanager:HERE:secret:NAME',
};

/**
 * Makes up an ARN in the format of the resource's service, different for each resource of the template. Returns
 * `undefined` when the format is unknown.
 */
export function opaqueAttribute({ type, logicalId, partition, stack }: Resource, attribute: string) {
  const key = `${type}.${attribute}`;
  return Object.hasOwn(ARNS, key)
    ? `arn:${partition}:${ARNS[key]}`
        .replaceAll('HERE', `${stack.region}:${stack.accountId}`)
        .replaceAll('NAME', logicalId)
    : undefined;
}

/** Replaces names that cannot be resolved by the logical ID. The names only have to differ. */
export function opaqueNames(resource: Resource): Pick<Resource, 'property'> {
  return {
    property: (name) => {
      try {
        return resource.property(name);
      } catch (error) {
        if (!(error instanceof TemplateError) || name === 'Value') {
          throw error;
        }
        return name === 'Path' ? undefined : resource.logicalId;
      }
    },
  };
}
