import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isJsonMap } from '../catalog/json-map';
import type { Policy } from '../iam/policy/policy';
import type { OuterPolicies } from '../proof/access/outer-policies';
import { type Arguments, type Flag, UsageError } from './terminal/command';

/** Flags for policies that exist outside the templates. */
export const OUTER_POLICY_FLAGS: readonly Flag[] = [
  {
    name: 'scp',
    value: 'FILE',
    summary: 'a service control policy as JSON; each file is a level of its own (repeatable)',
  },
  { name: 'session', value: 'FILE', summary: 'a session policy that is passed to AssumeRole' },
  { name: 'endpoint', value: 'FILE', summary: 'the policy of the VPC endpoint of bedrock-runtime' },
];

const FULL_ACCESS: Policy = {
  name: 'FullAWSAccess',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/**
 * Reads the policies that the flags name.
 *
 * Each service control policy counts as a level of its own, because the policies of the root and of the account must both
 * allow a call. A policy that only denies is combined with FullAWSAccess, as AWS Organizations attaches it.
 *
 * @throws UsageError for a file that contains no policy
 */
export function readOuterPolicies({ all }: Arguments, cwd: string): OuterPolicies {
  const read = (flag: string): readonly Policy[] => (all[flag] ?? []).map((file) => readPolicy(flag, file, cwd));
  const [session] = read('session').slice(-1);
  const [endpoint] = read('endpoint').slice(-1);
  return {
    serviceControl: read('scp').map((policy) => (allows(policy) ? [policy] : [FULL_ACCESS, policy])),
    ...(session !== undefined && { session }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function readPolicy(flag: string, file: string, cwd: string): Policy {
  let document: unknown;
  try {
    document = JSON.parse(readFileSync(resolve(cwd, file), 'utf8'));
  } catch (error) {
    const why =
      error instanceof SyntaxError ? 'is not JSON' : `cannot be read (${(error as NodeJS.ErrnoException).code})`;
    throw new UsageError(`--${flag} ${file} ${why}; name a file that contains one policy document`);
  }
  // The response of the Organizations API contains the document as text.
  const content = isJsonMap(document) && isJsonMap(document['Policy']) ? document['Policy']['Content'] : undefined;
  const policy = typeof content === 'string' ? parse(content) : document;
  if (!isJsonMap(policy) || policy['Statement'] === undefined) {
    throw new UsageError(`--${flag} ${file} contains no policy; it must be a JSON object with a Statement`);
  }
  return { name: basename(file), document: policy };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True when some statement allows. The evaluator later refuses a policy that is not valid. */
function allows({ document }: Policy): boolean {
  const statement = isJsonMap(document) ? document['Statement'] : undefined;
  return [statement].flat().some((s) => isJsonMap(s) && s['Effect'] === 'Allow');
}
