import { boundedText } from '../../../aws/bounded-text';
import type { Clock } from '../../../aws/clock';
import type { ReadError } from '../../../aws/errors/read-error';
import type { Attempts } from '../../../aws/retry/retry';
import { failedCall } from '../failed-call';
import { untilSpread } from '../until-spread';
import type { TagCalls } from './tag-calls';

/** Maximum number of keys in one call of UpdateCostAllocationTagsStatus (botocore 1.44.5). */
const KEYS_A_CALL = 20;

/**
 * Activates the cost allocation tags that AWS Billing has seen, and returns a sentence about the result.
 *
 * A key appears up to 24 hours after the first use of a resource that has it. A missing key is therefore not a failure:
 * the schedule tries again every day.
 *
 * @throws Error when AWS refuses; its message names the next step
 */
export async function activateTags(keys: readonly string[], calls: TagCalls, clock: Clock): Promise<string> {
  const listed = await callBilling('ce:ListCostAllocationTags', keys, clock, (signal) => calls.list(keys, signal));
  const status = new Map(listed.map(({ TagKey, Status }) => [TagKey, Status]));
  const unseen = keys.filter((key) => !status.has(key));
  const inactive = keys.filter((key) => status.has(key) && status.get(key) !== 'Active');
  for (let i = 0; i < inactive.length; i += KEYS_A_CALL) {
    const batch = inactive.slice(i, i + KEYS_A_CALL);
    const refused = await callBilling('ce:UpdateCostAllocationTagsStatus', keys, clock, (signal) =>
      calls.activate(batch, signal),
    );
    if (refused.length > 0) {
      const why = refused.map(({ TagKey, Code, Message }) => `${TagKey}: ${Code}: ${Message}`).join('; ');
      throw new Error(
        `AWS Billing did not activate ${refused.length} of ${batch.length} tags: ${boundedText(why, 1_000)}`,
      );
    }
  }
  const active = keys.length - unseen.length;
  return [
    `${active} of ${keys.length} cost allocation tags are active`,
    ...(inactive.length > 0 ? [`activated now: ${inactive.join(', ')}`] : []),
    ...(unseen.length > 0
      ? [
          `not seen by AWS Billing yet, retried every day: ${unseen.join(', ')} (a key appears a day after its first use)`,
        ]
      : []),
  ].join('; ');
}

/** True for Cost Explorer's refusal of every call about these tags from a member account (seen 2023 to 2026). */
const isMember = ({ name, fullMessage }: ReadError): boolean => isRefused(name) && /linked account/i.test(fullMessage);
const isRefused = (name: string): boolean => name === 'AccessDeniedException';

/** True for errors that may pass: a denial by IAM, and `LimitExceededException`, by which Cost Explorer throttles. */
const maySpread = (error: ReadError): boolean =>
  error.name === 'LimitExceededException' || (isRefused(error.name) && !isMember(error));

async function callBilling<T>(
  action: string,
  keys: readonly string[],
  clock: Clock,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { ended, attempts }: Attempts<T> = await untilSpread(clock, maySpread, work);
  if ('value' in ended) {
    return ended.value;
  }
  const { error } = ended.failure;
  const failed = failedCall(action, attempts, error).replace(/\.$/, '');
  throw new Error(isRefused(error.name) ? `${failed}. ${isMember(error) ? MEMBER : REFUSED} ${remedy(keys)}` : failed);
}

const MEMBER = 'This account is a member of an organization, and only the paying account may activate tags.';
const REFUSED = 'Only the paying account may activate tags, and an administrator may have denied it.';

function remedy(keys: readonly string[]): string {
  return (
    "Either write 'costAllocationTags: leave' in the environment file and ask an administrator of the paying account to " +
    `activate ${keys.join(', ')} once (Billing and Cost Management > Cost allocation tags), or keep 'activate' only in ` +
    'an environment of the paying account; then deploy again'
  );
}
