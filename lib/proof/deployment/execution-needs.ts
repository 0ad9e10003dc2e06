import type { AssemblyStack } from '../../account/resource/assembly-stack';
import type { Resource } from '../../account/resource/resource';
import { text } from '../../account/resource/resource-properties';
import { TemplateError } from '../../account/resource/template-error';
import { TemplateLimit } from '../../account/resource/template-limit';
import type { TemplateResources } from '../../account/templates/template-resources';
import { accessOf, principalKind } from '../../account/types/access';
import type { OwnRole, OwnRoles } from '../../account/types/action-target';
import { parameterArn } from '../../account/types/ssm';
import { attributeOf, refOf } from '../../account/types/stand-in';
import { isJsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import type { AccessRequest } from '../../iam/match/access-request';
import { executionCalls } from './execution-calls';

/** The requests that CloudFormation makes for one resource of the templates, or for a parameter of a template. */
export interface ExecutionNeed {
  readonly type: string;
  /** Logical id and stack. */
  readonly name: string;
  /** Gaps in the knowledge about the requests, a sentence each. */
  readonly unknown: readonly string[];
  /** The requests, each with the operations that make it, such as `create, read`. */
  readonly calls: readonly { readonly when: string; readonly request: AccessRequest }[];
}

/** Lists everything that CloudFormation needs to deploy the templates of an environment. */
export function executionNeeds({ stacks, resources }: TemplateResources): readonly ExecutionNeed[] {
  const roles = ownRoles(resources);
  return [
    ...stacks.flatMap(parameterNeeds),
    ...resources.map((resource) => {
      const { calls, unknown } = executionCalls(resource, roles);
      return {
        type: resource.type,
        name: `${resource.logicalId} of ${resource.stack.stackName}`,
        unknown,
        calls: calls.map(({ verbs, request }) => ({ when: verbs.join(', '), request })),
      };
    }),
  ];
}

/** Returns the roles of the templates by name. A role that cannot be resolved is left out; its own need reports it. */
function ownRoles(resources: readonly Resource[]): OwnRoles {
  const own = (r: Resource): readonly [string, OwnRole] => {
    const boundary = r.property('PermissionsBoundary') === undefined ? undefined : text(r, 'PermissionsBoundary');
    return [String(refOf(r)), { arn: String(attributeOf(r, 'Arn')), ...(boundary !== undefined && { boundary }) }];
  };
  return new Map(
    resources.flatMap((r) => {
      try {
        return principalKind(accessOf(r.type)) === 'role' ? [own(r)] : [];
      } catch (error) {
        if (error instanceof TemplateError && !(error instanceof TemplateLimit)) {
          return [];
        }
        throw error;
      }
    }),
  );
}

/** Lists the needs of template parameters that CloudFormation resolves from SSM at deployment. */
function parameterNeeds(stack: AssemblyStack): readonly ExecutionNeed[] {
  const parameters = isJsonMap(stack.template['Parameters']) ? stack.template['Parameters'] : {};
  return Object.entries(parameters).flatMap(([logicalId, parameter]) => {
    const { Type: type, Default: name } = isJsonMap(parameter) ? parameter : {};
    const resource = parameterArn({ partition: partitionOf(stack.region), stack }, String(name));
    const request = { action: 'ssm:GetParameters', resource, context: {} };
    return String(type).startsWith('AWS::SSM::Parameter::')
      ? [
          {
            type: 'template parameter',
            name: `${logicalId} of ${stack.stackName}`,
            unknown: [],
            calls: [{ when: 'every deployment', request }],
          },
        ]
      : [];
  });
}
