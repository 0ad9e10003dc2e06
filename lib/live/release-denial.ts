import type { LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { limitFunctionName, type Place } from '../plan/names/names';
import { AwsFailure } from './aws-failure';
import { invokeFunction } from './invoke-function';

/** What became of a denial that somebody asked to lift. */
export interface Release {
  /** From whom it was detached, such as `role dev_shop_lambda`; empty: nobody was denied. */
  readonly released: readonly string[];
  /** When, in UTC. */
  readonly at?: string;
  /** What became of the action of the budget. */
  readonly note?: string;
  /** What could not be done, each with the next step. */
  readonly failures: readonly string[];
}

const answerSchema = z.object({
  acts: z.array(
    z.object({
      act: z.string(),
      application: z.string(),
      at: z.string(),
      principals: z.array(z.string()),
      note: z.string().optional(),
    }),
  ),
  failures: z.array(z.string()),
});

/**
 * Has the deployed limit function lift the denial of an application.
 *
 * @param by who asks, as an ARN: it stands in the function's log
 * @throws AwsFailure when the function could not be invoked, or did not answer
 */
export async function releaseDenial(
  place: Place,
  application: string,
  by: string,
  lambda: LambdaClient,
): Promise<Release> {
  const name = limitFunctionName(place.environment);
  const { answer, error } = await invokeFunction(name, { release: application, by }, lambda);
  if (error !== undefined) {
    throw new AwsFailure(`the function ${name} failed: ${error}`);
  }
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    throw new AwsFailure(
      `the function ${name} answered what this version does not understand; deploy ${place.environment} again`,
    );
  }
  const { acts, failures } = parsed.data;
  const released = acts.filter((a) => a.act === 'released' && a.application === application);
  const [first] = released;
  return {
    released: released.flatMap((a) => a.principals),
    ...(first !== undefined && { at: first.at }),
    ...(first?.note !== undefined && { note: first.note }),
    failures,
  };
}
