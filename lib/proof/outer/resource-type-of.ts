import type { AccessPlan } from '../../plan/environment/access-plan';

/** Returns what a resource is in words, such as `application profile`. */
export function resourceTypeOf(resource: string): string {
  const [, , service = '', , , name = ''] = resource.split(':');
  const type = name.split('/')[0] ?? '';
  return TYPES[`${service}:${type}`] ?? (type === '' ? resource : type.replaceAll('-', ' '));
}

const TYPES: Readonly<Record<string, string>> = {
  'bedrock:application-inference-profile': 'application profile',
  'bedrock:inference-profile': 'system profile',
  'bedrock:foundation-model': 'foundation model',
};

/**
 * Returns the pattern of an ARN for a policy that is written before the deployment: profiles by their type, because
 * their ids are not known, models in every Region, and all aliases of the environment.
 */
export function patternOf({ environment }: AccessPlan, resource: string): string {
  return resource
    .replace(/^(arn:[^:]+:bedrock:)[^:]*(::foundation-model\/)/, '$1*$2')
    .replace(/^(arn:[^:]+:bedrock:)[^:]*:[^:]*(:(?:application-)?inference-profile\/).*$/, '$1*:*$2*')
    .replace(/^(arn:[^:]+:ssm:[^:]*:[^:]*:parameter\/bedrock-access)\/.*$/, `$1/${environment}/*`);
}
