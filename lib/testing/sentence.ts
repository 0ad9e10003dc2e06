import { conditionKey } from '../catalog/condition-keys';
import type { AllowedRequest } from './allowed-requests';

const PROFILE_KEY = 'bedrock:InferenceProfileArn';
const MOST = 3;

/** Stands for whatever a policy that names no resource allows; sentences leave it out. */
export const SOME_AGENT = 'agent-alias/any/any';

/** ARNs of the template's profiles -> their logical IDs: the real ARNs are known when they are deployed. */
export type ProfileNames = ReadonlyMap<string, string>;

/** `bedrock:InvokeModel on ARN without any profile`, with the keys that the statement asks for. */
export function requestWords({ request, allowedBy }: AllowedRequest, names: ProfileNames): string {
  const { action, resource, context } = request;
  const asked = new Set(allowedBy.statement.conditions.map((c) => conditionKey(c.key)?.name ?? c.key));
  const keys = [...asked]
    .filter((key) => key !== PROFILE_KEY)
    .sort()
    .map((key) => {
      const [value] = context[key] ?? [];
      return value === undefined ? ` without ${key}` : ` with ${key} '${value}'`;
    });
  const on = resource.endsWith(`:${SOME_AGENT}`) ? '' : ` on ${nameOf(resource, names)}`;
  return `${action}${on}${throughWords(action, resource, context[PROFILE_KEY]?.[0], names)}${keys.join(',')}`;
}

function nameOf(arn: string, names: ProfileNames): string {
  const name = names.get(arn);
  return name === undefined ? arn : `the profile ${name}`;
}

function throughWords(action: string, resource: string, profile: string | undefined, names: ProfileNames): string {
  if (!action.startsWith('bedrock:InvokeModel') || resource.includes('inference-profile/')) {
    return '';
  }
  return profile === undefined ? ' without any profile' : ` through ${nameOf(profile, names)}`;
}

/** The first few, a line each, and how many more there are. */
export function fewOf(lines: readonly string[]): readonly string[] {
  return lines.length <= MOST ? lines : [...lines.slice(0, MOST), `and ${lines.length - MOST} more`];
}
