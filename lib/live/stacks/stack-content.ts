import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { parseJson } from '../../files/parse-json';
import { callAws } from '../aws-failure';

/** What a deployed stack has in IAM, and what it attaches itself. */
export interface StackContent {
  /** Names of its roles. */
  readonly roles: readonly string[];
  /** ARNs of its managed policies. */
  readonly policies: readonly string[];
  /** Names of its instance profiles. */
  readonly instanceProfiles: readonly string[];
  /** ARNs of managed policies, and names of roles, users and groups, that its template names. */
  readonly named: ReadonlySet<string>;
}

/**
 * Reads what a stack has in IAM from its resources and its template.
 *
 * @throws AwsFailure when CloudFormation cannot be called
 */
export async function stackContent(
  { stackName, stackId }: { readonly stackName: string; readonly stackId: string },
  cloudFormation: CloudFormationClient,
): Promise<StackContent> {
  const { GetTemplateCommand, paginateListStackResources } =
    require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
  const byType = new Map<string, string[]>();
  await callAws(`list the resources of ${stackName} (cloudformation:ListStackResources)`, async () => {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources(
      { client: cloudFormation },
      { StackName: stackId },
    )) {
      for (const { ResourceType = '', PhysicalResourceId, ResourceStatus } of StackResourceSummaries) {
        if (PhysicalResourceId !== undefined && ResourceStatus !== 'DELETE_COMPLETE') {
          byType.set(ResourceType, [...(byType.get(ResourceType) ?? []), PhysicalResourceId]);
        }
      }
    }
  });
  const named = await callAws(`read the template of ${stackName} (cloudformation:GetTemplate)`, async () => {
    const { TemplateBody = '{}' } = await cloudFormation.send(new GetTemplateCommand({ StackName: stackId }));
    return namesIn(parseJson(TemplateBody));
  });
  const of = (type: string): readonly string[] => byType.get(`AWS::IAM::${type}`) ?? [];
  return {
    roles: of('Role'),
    policies: of('ManagedPolicy'),
    instanceProfiles: of('InstanceProfile'),
    named: new Set(named),
  };
}

/** Lists the policies and principals that resources of IAM name in a template. References to others are left out. */
function namesIn(template: unknown): readonly string[] {
  const resources = isJsonMap(template) && isJsonMap(template['Resources']) ? template['Resources'] : {};
  return Object.values(resources)
    .filter(isJsonMap)
    .map(({ Properties }) => Properties)
    .filter(isJsonMap)
    .flatMap((properties: JsonMap) => ['ManagedPolicyArns', 'Roles', 'Users', 'Groups'].map((key) => properties[key]))
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .filter((name): name is string => typeof name === 'string');
}
