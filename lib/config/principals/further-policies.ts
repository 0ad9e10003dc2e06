import { z } from 'zod';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { partitionOf } from '../../catalog/region';
import type { Path, Problem } from '../problem';
import { quoted } from '../quoted';
import { text } from '../text-schema';
import { ofKind } from './of-kind';

/** Maximum number of managed policies on a role, unless AWS raised the quota (IAM quotas, 2026-11-30). */
const MAX_POLICIES = 10;

/**
 * Policies of ours beside those that grant the access: the conditions of calls, and the denial at the limit. `logs` adds
 * one.
 */
const OWN_BESIDE_ACCESS = 2;

const furtherPolicies = z
  .array(
    text(
      /^arn:aws[a-z-]*:iam::(aws|\d{12}):policy\/([!-.0-~]+\/)*[\w+=,.@-]{1,128}$/,
      "the ARN of a managed policy, such as 'arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole'",
    ),
  )
  .min(1, 'must name at least one managed policy; leave the key out for none')
  .optional()
  .describe('Managed policies that the role carries besides. They can give it no more than its boundary allows.');

/** Reads a principal of a kind that gets a role of its own. Only such a role can carry further policies. */
export function ofNewRole<const K extends string, const S extends Readonly<Record<string, z.ZodType>>>(
  kind: K,
  shape: S,
) {
  return ofKind(kind, { ...shape, policies: furtherPolicies });
}

/** What a list of further policies is checked against. */
interface RolePlace {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
  /** Number of generations in the application, `previous` ones included. */
  readonly generations: number;
}

/** Checks the further policies of a principal. One of the wrong form is left to the schema. */
export function checkFurtherPolicies(path: Path, principal: JsonMap, place: RolePlace): readonly Problem[] {
  const read = furtherPolicies.safeParse(principal['policies']).data ?? [];
  const logs = principal['logs'] === true ? 1 : 0;
  const own = OWN_BESIDE_ACCESS + logs + mostAccessPolicies(place.generations);
  const room = Math.max(0, MAX_POLICIES - own);
  const at = [...path, 'policies'];
  return [
    ...read.flatMap((arn, i) => checkPolicy([...at, i], arn, read.indexOf(arn) < i, place)),
    ...(read.length <= room
      ? []
      : [
          {
            path: at,
            message: `${read.length} policies do not fit on the role; IAM allows ${MAX_POLICIES}, and up to ${MAX_POLICIES - room} are this project's own, ${room === 0 ? 'so split the application' : `so name at most ${room} and put the others into one policy`}`,
          },
        ]),
    // Without further policies there are no conditions of calls.
    ...(logs === 0 || own - 1 <= MAX_POLICIES
      ? []
      : [
          {
            path: [...path, 'logs'],
            message: `the policy for logs does not fit on the role beside those of ${place.generations} models; split the application, or remove the key`,
          },
        ]),
  ];
}

/**
 * Returns an upper bound for the number of policies that grant an application its access. A test compares it with the
 * longest names.
 */
export function mostAccessPolicies(generations: number): number {
  return Math.ceil(generations / 3);
}

function checkPolicy(path: Path, arn: string, isRepeated: boolean, { account, region }: RolePlace): readonly Problem[] {
  const [, partition, , , owner = ''] = arn.split(':');
  const name = arn.split('/').at(-1) ?? arn;
  const intended = region === undefined ? partition : partitionOf(region);
  if (isRepeated) {
    return [{ path, message: `${quoted(name)} is listed twice; remove one entry` }];
  }
  if (partition !== intended) {
    return [
      {
        path,
        message: `the policy is in the partition '${partition}', but ${region} is in '${intended}'; write ${arn.replace(/^arn:[^:]+/, `arn:${intended}`)}`,
      },
    ];
  }
  if (owner !== 'aws' && account !== undefined && owner !== account) {
    return [
      {
        path,
        message: `the policy is in account ${owner}, and a role can carry only policies of AWS and of its own account ${account}; create it there`,
      },
    ];
  }
  if (arn.includes(':policy/bedrock-access/')) {
    return [{ path, message: 'policies under /bedrock-access/ belong to this project; name a policy of your own' }];
  }
  return owner === 'aws' && FAR_TOO_WIDE.has(name)
    ? [
        {
          path,
          severity: 'warning',
          message: `${quoted(name)} gives the role nearly everything in the account except what its boundary denies; name a policy with the actions that the application needs`,
        },
      ]
    : [];
}

/** Policies of AWS for administrators. The boundary takes the models, IAM and this project from them, and nothing else. */
const FAR_TOO_WIDE = new Set(['AdministratorAccess', 'PowerUserAccess', 'IAMFullAccess', 'SystemAdministrator']);

/** Counts the generations of an application, as far as its models can be read. */
export function generationsIn(models: unknown): number {
  const aliases = isJsonMap(models) ? Object.values(models).filter(isJsonMap) : [];
  return aliases.length + aliases.filter((alias) => 'previous' in alias).length;
}
