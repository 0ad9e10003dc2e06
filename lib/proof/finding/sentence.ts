import type { Account } from '../../account/account';
import { conditionKey } from '../../catalog/condition-keys';
import type { AccessRequest } from '../../iam/match/access-request';
import type { SpaceStatement } from '../../iam/space/request-space';

const PROFILE_KEY = 'bedrock:InferenceProfileArn';
const INVOKE = /^bedrock:InvokeModel/;

/** A request as a sentence has it: `bedrock:InvokeModel on ARN without any profile`. */
export function requestWords(
  account: Account,
  request: AccessRequest,
  about: readonly SpaceStatement[] | 'every key',
): string {
  const { action, resource, context } = request;
  const told = new Set(
    about === 'every key'
      ? Object.keys(context)
      : about.flatMap((s) => s.statement.conditions.map((c) => conditionKey(c.key)?.name ?? c.key)),
  );
  const others = [...told]
    .filter((key) => key !== PROFILE_KEY)
    .sort()
    .map((key) => {
      const [value] = context[key] ?? [];
      return value === undefined ? ` without ${key}` : ` with ${key} '${value}'`;
    });
  const through = INVOKE.test(action) && !isProfile(resource) ? throughWords(account, context[PROFILE_KEY]?.[0]) : '';
  return `${action} on ${nameOf(account, resource)}${through}${others.join(',')}`;
}

/** A profile's name where the account has it: the id at the end of its ARN is known once it is deployed. */
function nameOf({ profiles }: Account, arn: string): string {
  const profile = profiles.find((p) => p.arn === arn);
  return profile === undefined ? arn : `the profile ${profile.name}`;
}

function isProfile(resource: string): boolean {
  return resource.includes(':application-inference-profile/');
}

function throughWords(account: Account, profile: string | undefined): string {
  return profile === undefined ? ' without any profile' : ` through ${nameOf(account, profile)}`;
}

/** `policy NAME Sid SID`, with the last part of a policy's ARN as its name. */
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

/** `role NAME` and how many others. */
export function principalWords(principals: readonly string[]): string {
  const [first = '', ...others] = principals;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
