import type { Account } from '../../account/account';
import { profileWithArn } from '../../account/find-profile';
import { conditionKey } from '../../catalog/condition-keys';
import type { AccessRequest } from '../../iam/match/access-request';
import type { SpaceStatement } from '../../iam/space/request-space';

const PROFILE_KEY = 'bedrock:InferenceProfileArn';
const TIER_KEY = 'bedrock:ServiceTier';
const INVOKE = /^bedrock:InvokeModel/;

/**
 * Says a request in words, such as `bedrock:InvokeModel on ARN without any profile`.
 *
 * @param about statements whose condition keys are mentioned
 */
export function requestWords(
  account: Account,
  request: AccessRequest,
  about: readonly SpaceStatement[] | 'every key',
): string {
  const { action, resource, context } = request;
  const mentioned = new Set(
    about === 'every key'
      ? Object.keys(context)
      : about.flatMap((s) => s.statement.conditions.map((c) => conditionKey(c.key)?.name ?? c.key)),
  );
  // An ordinary request names no service tier, so only one that names a tier needs the words.
  const others = [...mentioned, ...(TIER_KEY in context ? [TIER_KEY] : [])]
    .filter((key, i, keys) => key !== PROFILE_KEY && (key !== TIER_KEY || context[key]) && keys.indexOf(key) === i)
    .sort()
    .map((key) => {
      const values = context[key] ?? [];
      return values.length === 0 ? ` without ${key}` : ` with ${key} '${values.join("' and '")}'`;
    });
  const through = INVOKE.test(action) && !isProfile(resource) ? throughWords(account, context[PROFILE_KEY]?.[0]) : '';
  return `${action} on ${nameOf(account, resource)}${through}${others.join(',')}`;
}

/**
 * Names a profile of the account, because the id in its ARN is not known before deployment. Returns other ARNs
 * unchanged.
 */
function nameOf(account: Account, arn: string): string {
  const profile = profileWithArn(account, arn);
  return profile === undefined ? arn : `the profile ${profile.name}`;
}

function isProfile(resource: string): boolean {
  return resource.includes(':application-inference-profile/');
}

function throughWords(account: Account, profile: string | undefined): string {
  return profile === undefined ? ' without any profile' : ` through ${nameOf(account, profile)}`;
}

/** Names a statement as `policy NAME Sid SID`. NAME is the last part of the policy's ARN. */
export function statementWords({
  policy,
  sid,
}: {
  readonly policy: string;
  readonly sid?: string | undefined;
}): string {
  const name = policy.startsWith('arn:') ? (policy.split('/').at(-1) ?? policy) : policy;
  return `${/policy/.test(name) ? name : `policy ${name}`}${sid === undefined ? '' : ` Sid ${sid}`}`;
}

/** Names the first principal and counts the others, such as `role NAME and 2 more`. */
export function principalWords(principals: readonly string[]): string {
  const [first = '', ...others] = principals;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
