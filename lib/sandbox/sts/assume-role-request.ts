import { parseJson } from '../../files/parse-json';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import { AwsError } from '../aws-error';
import { isTagParameter, readSessionTags, type SessionTags } from './read-session-tags';

/** The validated parameters of AssumeRole. */
export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly seconds: number;
  readonly externalId?: string;
  readonly sourceIdentity?: string;
  readonly sessionPolicy?: Policy;
  readonly tags: SessionTags;
}

const COMMON = ['Action', 'Version', 'RoleArn', 'RoleSessionName', 'DurationSeconds', 'Policy'];
/** Parameters beside the tags, by operation. */
const PARAMETERS = {
  AssumeRole: [...COMMON, 'ExternalId', 'SourceIdentity'],
  AssumeRoleWithWebIdentity: [...COMMON, 'WebIdentityToken', 'ProviderId'],
} as const;

export type AssumeOperation = keyof typeof PARAMETERS;

const invalid = (message: string): AwsError => new AwsError(400, 'ValidationError', message);

/** Returns AWS's error for a value that violates a constraint. */
function constraint(value: string | undefined, name: string, rule: string): AwsError {
  const shown = value === undefined ? 'null' : value;
  return invalid(
    `1 validation error detected: Value '${shown}' at '${name}' failed to satisfy constraint: Member must ${rule}`,
  );
}

function readSeconds(text: string | undefined, chained: boolean): number {
  if (text === undefined) {
    return 3600;
  }
  if (!/^\d{1,9}$/.test(text)) {
    throw new AwsError(400, 'MalformedInput', 'DurationSeconds must be an integer');
  }
  const seconds = Number(text);
  if (seconds < 900) {
    throw constraint(text, 'durationSeconds', 'have value greater than or equal to 900');
  }
  if (seconds > 43_200) {
    throw constraint(text, 'durationSeconds', 'have value less than or equal to 43200');
  }
  if (chained && seconds > 3600) {
    throw invalid('The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining');
  }
  return seconds;
}

function readPolicy(text: string | undefined): Policy | undefined {
  if (text === undefined) {
    return undefined;
  }
  if (text.length < 1 || text.length > 2048) {
    throw constraint(text.slice(0, 100), 'policy', 'have length less than or equal to 2048');
  }
  const malformed = (reason: string): AwsError => new AwsError(400, 'MalformedPolicyDocument', reason);
  let document: unknown;
  try {
    document = parseJson(text, { allowDuplicateKeys: true });
  } catch {
    throw malformed('The policy is not valid JSON');
  }
  const policy = { name: 'session', document };
  const [refusal] = parsePolicy(policy, 'identity').refusals;
  if (refusal !== undefined) {
    throw malformed(refusal.reason);
  }
  return policy;
}

/**
 * Reads and validates the parameters of AssumeRole or AssumeRoleWithWebIdentity.
 *
 * @param chained true when the caller is itself a session of a role
 */
export function readAssumeRole(
  operation: AssumeOperation,
  form: ReadonlyMap<string, string>,
  chained: boolean,
): AssumeRoleRequest {
  const parameters: readonly string[] = PARAMETERS[operation];
  const takesTags = operation === 'AssumeRole';
  const other = [...form.keys()].find((name) => !parameters.includes(name) && !(takesTags && isTagParameter(name)));
  if (other !== undefined) {
    throw invalid(
      `the sandbox does not support the parameter ${other.slice(0, 100)}; it supports ${[...parameters.slice(2), ...(takesTags ? ['Tags'] : [])].join(', ')}`,
    );
  }
  const roleArn = form.get('RoleArn');
  if (roleArn === undefined || roleArn.length < 20 || roleArn.length > 2048) {
    throw constraint(roleArn, 'roleArn', 'be an ARN of 20 to 2048 characters');
  }
  if (!/^arn:[^:]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(roleArn)) {
    throw invalid(`${roleArn} is invalid`);
  }
  const sessionName = form.get('RoleSessionName');
  if (sessionName === undefined || !/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw constraint(sessionName, 'roleSessionName', 'satisfy regular expression pattern: [\\w+=,.@-]{2,64}');
  }
  const externalId = form.get('ExternalId');
  if (externalId !== undefined && !/^[\w+=,.@:/-]{2,1224}$/.test(externalId)) {
    throw constraint(
      externalId.slice(0, 100),
      'externalId',
      'satisfy regular expression pattern: [\\w+=,.@:\\/-]{2,1224}',
    );
  }
  const sourceIdentity = form.get('SourceIdentity');
  if (sourceIdentity !== undefined && !/^[\w+=,.@-]{2,64}$/.test(sourceIdentity)) {
    throw constraint(
      sourceIdentity.slice(0, 100),
      'sourceIdentity',
      'satisfy regular expression pattern: [\\w+=,.@-]{2,64}',
    );
  }
  const seconds = readSeconds(form.get('DurationSeconds'), chained);
  const sessionPolicy = readPolicy(form.get('Policy'));
  return {
    roleArn,
    sessionName,
    seconds,
    tags: readSessionTags(form),
    ...(externalId !== undefined && { externalId }),
    ...(sourceIdentity !== undefined && { sourceIdentity }),
    ...(sessionPolicy !== undefined && { sessionPolicy }),
  };
}
