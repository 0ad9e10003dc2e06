import { boundedText } from '../../../aws/bounded-text';
import type { Clock } from '../../../aws/clock';
import type { ReadError } from '../../../aws/errors/read-error';
import type { Attempts } from '../../../aws/retry/retry';
import { failedCall } from '../failed-call';
import { untilSpread } from '../until-spread';
import type { TagCalls } from './tag-calls';

/** UpdateCostAllocationTagsStatus takes 20 keys a call (botocore 1.44.5). */
const KEYS_A_CALL = 20;

/**
 * Activates cost allocation tags, those that billing has seen, and says what came of it.
 *
 * A key appears up to 24 hours after something that carries it was first used: what is not there yet is no failure, and
 * the schedule tries again every day.
 *
 * @throws Error when AWS did not do it; its message says what to do
 */
export async function activateTags(keys: readonly string[], calls: TagCalls, clock: Clock): Promise<string> {
  const listed = await asked('ce:ListCostAllocationTags', keys, clock, (signal) => calls.list(keys, signal));
  const status = new Map(listed.map(({ TagKey, Status }) => [TagKey, Status]));
  const unseen = keys.filter((key) => !status.has(key));
  const inactive = keys.filter((key) => status.has(key) && status.get(key) !== 'Active');
  for (let i = 0; i < inactive.length; i += KEYS_A_CALL) {
    const some = inactive.slice(i, i + KEYS_A_CALL);
    const refused = await asked('ce:UpdateCostAllocationTagsStatus', keys, clock, (signal) =>
      calls.activate(some, signal),
    );
    if (refused.length > 0) {
      const why = refused.map(({ TagKey, Code, Message }) => `${TagKey}: ${Code}: ${Message}`).join('; ');
      throw new Error(`billing did not activate ${refused.length} of ${some.length} tags: ${boundedText(why, 1_000)}`);
    }
  }
  const active = keys.length - unseen.length;
  return [
    `${active} of ${keys.length} cost allocation tags are active`,
    ...(inactive.length > 0 ? [`activated now: ${inactive.join(', ')}`] : []),
    ...(unseen.length > 0
      ? [
          `not seen by billing yet, tried again every day: ${unseen.join(', ')} (a key appears a day after its first use)`,
        ]
      : []),
  ].join('; ');
}

/** Cost Explorer says so of a member of an organization, for whatever is asked about these tags (seen 2023 to 2026). */
const isMember = ({ name, fullMessage }: ReadError): boolean => isRefused(name) && /linked account/i.test(fullMessage);
const isRefused = (name: string): boolean => name === 'AccessDeniedException';

/** A refusal of IAM may pass, and so does `LimitExceededException`, Cost Explorer's own word for too many calls. */
const maySpread = (error: ReadError): boolean =>
  error.name === 'LimitExceededException' || (isRefused(error.name) && !isMember(error));

async function asked<T>(
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

const MEMBER = 'This account is a member of an organization, and only the account that pays may activate tags.';
const REFUSED = 'Only the account that pays may activate tags, and an administrator may have denied it.';

function remedy(keys: readonly string[]): string {
  return (
    "Either write 'costAllocationTags: leave' in the environment file and have the payer's administrator activate " +
    `${keys.join(', ')} once (Billing and Cost Management > Cost allocation tags), or keep 'activate' for an ` +
    'environment of the account that pays, and deploy again'
  );
}
