import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { isJsonMap } from '../catalog/json-map';
import type { Policy } from '../iam/policy/policy';
import type { OuterPolicies } from '../proof/access/outer-policies';
import { type Arguments, type Flag, UsageError } from './terminal/command';

/** Flags for policies that stand outside the templates. */
export const OUTER_POLICY_FLAGS: readonly Flag[] = [
  {
    name: 'scp',
    value: 'FILE',
    summary: 'a service control policy, as JSON, on a level of its own (repeatable)',
  },
  { name: 'session', value: 'FILE', summary: 'a session policy that is passed to AssumeRole' },
  { name: 'endpoint', value: 'FILE', summary: 'the policy of the VPC endpoint of bedrock-runtime' },
];

const FULL_ACCESS: Policy = {
  name: 'FullAWSAccess',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/**
 * The policies that the flags name.
 *
 * Every service control policy is taken as a level of its own, since a root's and an account's both have to allow. One
 * that only denies stands beside FullAWSAccess, as organizations attach it.
 *
 * @throws UsageError for a file that is no JSON object
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
    throw new UsageError(`--${flag} ${file} ${why}; name a file that holds one policy document`);
  }
  // What the organization's API answers holds the document as text.
  const content = isJsonMap(document) && isJsonMap(document['Policy']) ? document['Policy']['Content'] : undefined;
  const found = typeof content === 'string' ? parse(content) : document;
  if (!isJsonMap(found) || found['Statement'] === undefined) {
    throw new UsageError(`--${flag} ${file} holds no policy; it must be a JSON object with a Statement`);
  }
  return { name: basename(file), document: found };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether some statement allows; what cannot be told is left to the evaluator, which refuses it. */
function allows({ document }: Policy): boolean {
  const statement = isJsonMap(document) ? document['Statement'] : undefined;
  return [statement].flat().some((s) => isJsonMap(s) && s['Effect'] === 'Allow');
}
