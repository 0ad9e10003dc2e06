import type { LambdaClient } from '@aws-sdk/client-lambda';
import { z } from 'zod';
import { limitFunctionName, type Place } from '../plan/names/names';
import { AwsFailure } from './aws-failure';
import { invokeFunction } from './invoke-function';

/** Result of a request to lift the denial of an application. */
export interface Release {
  /**
   * Principals that the denial was detached from, such as `role dev_shop_lambda`. Empty when no principal was denied.
   */
  readonly released: readonly string[];
  /** Time of the release, in UTC. */
  readonly at?: string;
  /** Status that the budget's action has after the release. */
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
      note: z.string().optional(),
    }),
  ),
  failures: z.array(z.string()),
});

/**
 * Has the deployed limit function lift the denial of an application.
 *
 * @param by ARN of the principal that asks for the release; the function writes it to its log
 * @throws AwsFailure when the function could not be invoked, failed, or gave an answer that cannot be read
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
      `the function ${name} gave an answer that this version cannot read; deploy ${place.environment} again`,
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
