import { conditionKey } from '../catalog/condition-keys';
import type { AllowedRequest } from './allowed-requests';

const PROFILE_KEY = 'bedrock:InferenceProfileArn';
const MAX_LINES = 3;

/** Resource of an example when the policy names no resource. Sentences leave it out. */
export const SOME_AGENT = 'agent-alias/any/any';

/** Logical IDs of the template's profiles, by stand-in ARN. The real ARNs are known only after deployment. */
export type ProfileNames = ReadonlyMap<string, string>;

/** Describes a request: `bedrock:InvokeModel on ARN without any profile`, and the condition keys of the statement. */
export function requestWords({ request, allowedBy }: AllowedRequest, names: ProfileNames): string {
  const { action, resource, context } = request;
  const conditionKeys = new Set(allowedBy.statement.conditions.map((c) => conditionKey(c.key)?.name ?? c.key));
  const keys = [...conditionKeys]
    .filter((key) => key !== PROFILE_KEY)
    .sort()
    .map((key) => {
      const values = context[key] ?? [];
      return values.length === 0 ? ` without ${key}` : ` with ${key} '${values.join("' and '")}'`;
    });
  const on = resource.endsWith(`:${SOME_AGENT}`) ? '' : ` on ${resourceName(resource, names)}`;
  return `${action}${on}${throughWords(action, resource, context[PROFILE_KEY]?.[0], names)}${keys.join(',')}`;
}

function resourceName(arn: string, names: ProfileNames): string {
  const name = names.get(arn);
  return name === undefined ? arn : `the profile ${name}`;
}

function throughWords(action: string, resource: string, profile: string | undefined, names: ProfileNames): string {
  if (!action.startsWith('bedrock:InvokeModel') || resource.includes('inference-profile/')) {
    return '';
  }
  return profile === undefined ? ' without any profile' : ` through ${resourceName(profile, names)}`;
}

/** Returns the first three lines, and one that counts the rest. */
export function firstFew(lines: readonly string[]): readonly string[] {
  return lines.length <= MAX_LINES ? lines : [...lines.slice(0, MAX_LINES), `and ${lines.length - MAX_LINES} more`];
}
