import type { LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { limitFunctionName, type Place } from '../../plan/names/names';
import { AwsFailure } from '../aws-failure';
import { invokeFunction } from '../invoke-function';

/** An order of a person to the limit function. */
export type LimitOrder =
  | { readonly order: 'release'; readonly application: string }
  | { readonly order: 'deny'; readonly application: string; readonly reason: string };

/** What the limit function did for an order. */
export interface Ordered {
  /** Principals that the denial was attached to, or detached from. Empty when nothing had to change. */
  readonly principals: readonly string[];
  /**
   * Principals that had no room for the denial. Their own access policies were detached, or attached again by a release.
   */
  readonly withoutAccess: readonly string[];
  /** Time of the act, in UTC. */
  readonly at?: string;
  /** Further details, such as the status that the budget's action has now. */
  readonly note?: string;
  /** One sentence for each failed step, with what to do next. */
  readonly failures: readonly string[];
}

const answerSchema = z.object({
  acts: z.array(
    z.object({
      act: z.string(),
      application: z.string(),
      at: z.string(),
      principals: z.array(z.string()),
      withoutAccess: z.array(z.string()).default([]),
      note: z.string().optional(),
    }),
  ),
  failures: z.array(z.string()),
  refused: z.boolean().optional(),
});

/**
 * Has the deployed limit function deny an application its profiles, or release it.
 *
 * @param by ARN of the principal that gives the order; the function writes it to its log and into the state
 * @throws AwsFailure when the function could not be invoked, failed, refused the order, or gave an answer that cannot be
 * read
 */
export async function orderLimit(place: Place, order: LimitOrder, by: string, lambda: LambdaClient): Promise<Ordered> {
  const { environment } = place;
  const { application } = order;
  const name = limitFunctionName(environment);
  const event = order.order === 'deny' ? { deny: application, reason: order.reason, by } : { release: application, by };
  const { answer, error } = await invokeFunction(name, event, lambda);
  if (error !== undefined) {
    throw new AwsFailure(`the function ${name} failed: ${error}`);
  }
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    throw new AwsFailure(
      `the function ${name} gave an answer that this version cannot read; deploy ${environment} again`,
    );
  }
  const { acts, failures, refused } = parsed.data;
  if (refused === true) {
    throw new AwsFailure(`the function ${name} refused the order: ${failures.join('; ')}; deploy ${environment} first`);
  }
  const done = acts.filter(
    (a) => a.act === (order.order === 'deny' ? 'denied' : 'released') && a.application === application,
  );
  const [first] = done;
  return {
    principals: done.flatMap((a) => a.principals),
    withoutAccess: done.flatMap((a) => a.withoutAccess),
    ...(first !== undefined && { at: first.at }),
    ...(first?.note !== undefined && { note: first.note }),
    failures: first === undefined && failures.length === 0 ? [NOTHING] : failures,
  };
}

/** The function changes nothing if another run changed the state at the same time, and then reports no act. */
const NOTHING = 'the function did nothing, because the state of the limit changed meanwhile; run the command again';
