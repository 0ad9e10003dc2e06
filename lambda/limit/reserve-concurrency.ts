import { boundedText } from '../../aws/bounded-text';
import type { Clock } from '../../aws/clock';
import { property } from '../../aws/property';
import { retry } from '../../aws/retry/retry';
import { readJsonAnswer } from '../../aws/services/json-answer';
import type { Endpoint } from '../../aws/services/post';
import { signedPost } from '../../aws/services/signed-post';

/** Number of runs at the same time that no other function can take away: the schedule's, and some by alarms and people. */
const RESERVED = 5;

/** Lambda reserves nothing that would leave fewer than this for functions without a reservation. */
const LEAST_UNRESERVED = 100;

export interface ReservingDependencies {
  /** Lambda's endpoint, without a path. */
  readonly lambda: Omit<Endpoint, 'method' | 'service'>;
  readonly functionName: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/**
 * Reserves concurrency for this function, so that it runs although an application uses up the account's. Does nothing if
 * some is reserved already. An account with a low limit cannot reserve any; the log then says so.
 *
 * A template cannot do it: CloudFormation fails if the account's limit is too low, and the limit is known only there.
 */
export async function reserveConcurrency({ lambda, functionName, clock, log }: ReservingDependencies): Promise<void> {
  const base = lambda.url ?? `https://lambda.${lambda.region}.amazonaws.com`;
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const method = body === undefined ? 'GET' : 'PUT';
    const post = signedPost({ ...lambda, service: 'lambda', url: `${base}${path}`, method });
    const headers = { 'content-type': 'application/json' };
    const { ended } = await retry(clock, async (signal) =>
      readJsonAnswer(await post(headers, body === undefined ? '' : JSON.stringify(body), signal)),
    );
    if ('failure' in ended) {
      throw new Error(`${ended.failure.error.name}: ${ended.failure.error.message}`);
    }
    return ended.value;
  };
  try {
    const reserved = await ask(`/2019-09-30/functions/${functionName}/concurrency`);
    if (property(reserved, 'ReservedConcurrentExecutions') !== undefined) {
      return;
    }
    const limits = property(await ask('/2016-08-19/account-settings'), 'AccountLimit');
    const unreserved = Number(property(limits, 'UnreservedConcurrentExecutions'));
    if (unreserved - RESERVED >= LEAST_UNRESERVED) {
      const order = { ReservedConcurrentExecutions: RESERVED };
      await ask(`/2017-10-31/functions/${functionName}/concurrency`, order);
      log(JSON.stringify({ concurrency: 'reserved', executions: RESERVED }));
    } else {
      log(JSON.stringify({ concurrency: 'not reserved', unreserved, needed: LEAST_UNRESERVED + RESERVED }));
    }
  } catch (error) {
    // Without a reservation the function works as long as the account has concurrency left.
    log(JSON.stringify({ concurrency: 'not reserved', error: boundedText(String(error)) }));
  }
}
