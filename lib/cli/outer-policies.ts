import { basename, resolve } from 'node:path';
import { isJsonMap } from '../catalog/json-map';
import { parseJson } from '../files/parse-json';
import { readJson } from '../files/read-json';
import { allowEverything } from '../iam/policy/allow-everything';
import { findPlaceholders } from '../iam/policy/find-placeholders';
import { parsePolicy } from '../iam/policy/parse-policy';
import type { Policy } from '../iam/policy/policy';
import type { OuterPolicies } from '../proof/outer/outer-policies';
import { CONTEXT_FLAG, readContext } from './context-values';
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
  CONTEXT_FLAG,
];

/** Largest file of a policy. AWS Organizations takes policies of 10,240 characters, and its answer repeats some of it. */
const MAX_BYTES = 256 * 1024;

const FULL_ACCESS = allowEverything('FullAWSAccess');

/**
 * Reads the policies that the flags name.
 *
 * Each service control policy counts as a level of its own, because the policies of the root and of the account must both
 * allow a call. A policy that only denies is combined with FullAWSAccess, as AWS Organizations attaches it.
 *
 * @throws UsageError for a file that contains no policy or an unfilled sample, and for values that no key can have
 */
export function readOuterPolicies({ all }: Arguments, cwd: string): OuterPolicies {
  const read = (flag: string): readonly Policy[] => (all[flag] ?? []).map((file) => readPolicy(flag, file, cwd));
  const [session] = read('session').slice(-1);
  const [endpoint] = read('endpoint').slice(-1);
  const scps = read('scp');
  const given = [...scps, ...(session ? [session] : []), ...(endpoint ? [endpoint] : [])];
  const context = readContext(all[CONTEXT_FLAG.name] ?? [], new Set(given.flatMap(comparedKeys)));
  return {
    context,
    serviceControl: scps.map((policy) => (allows(policy) ? [policy] : [FULL_ACCESS, policy])),
    ...(session !== undefined && { session }),
    ...(endpoint !== undefined && { endpoint }),
  };
}

function readPolicy(flag: string, file: string, cwd: string): Policy {
  const name = `--${flag} ${file}`;
  const document = orUsageError(name, () => readJson(resolve(cwd, file), { maxBytes: MAX_BYTES }));
  // The response of the Organizations API contains the document as text.
  const content = isJsonMap(document) && isJsonMap(document['Policy']) ? document['Policy']['Content'] : undefined;
  const policy = typeof content === 'string' ? orUsageError(`the text in ${name}`, () => parseJson(content)) : document;
  if (!isJsonMap(policy) || policy['Statement'] === undefined) {
    throw new UsageError(`${name} contains no policy; it must be a JSON object with a Statement`);
  }
  const placeholders = findPlaceholders(policy);
  if (placeholders.length > 0) {
    const places = placeholders.slice(0, SHOWN).map(({ path, message }) => `${path} ${message}`);
    throw new UsageError(`${name}: ${places.join('; ')}`);
  }
  return { name: basename(file), document: policy };
}

/** Most placeholders that one message names. */
const SHOWN = 5;

/** Lists the condition keys that a policy compares, in lower case. */
function comparedKeys(policy: Policy): readonly string[] {
  return (['identity', 'endpoint'] as const).flatMap((kind) =>
    parsePolicy(policy, kind).statements.flatMap((s) => s.conditions.map((c) => c.key)),
  );
}

/** Calls `read`. Its error is one of files and JSON texts, and continues a sentence that begins with the name. */
function orUsageError(name: string, read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${name} ${(error as Error).message}; name a file that contains one policy document`);
  }
}

/** True when some statement allows. The evaluator later refuses a policy that is not valid. */
function allows({ document }: Policy): boolean {
  const statement = isJsonMap(document) ? document['Statement'] : undefined;
  return [statement].flat().some((s) => isJsonMap(s) && s['Effect'] === 'Allow');
}
