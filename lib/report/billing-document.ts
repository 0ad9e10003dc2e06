import { z } from 'zod';

const text = z.string();
const tags = z.record(text, text);
const usd = z.number().positive().describe('US dollars.');

/** A budget of a plan. */
export const budgetSchema = z.strictObject({
  name: text,
  monthlyUsd: usd,
  filters: z.array(text).describe('As AWS Budgets filters by a tag, such as user:BedrockAccess$dev/shop.'),
  notices: z.array(
    z.strictObject({
      type: z.enum(['ACTUAL', 'FORECASTED']),
      percent: z.number().positive(),
      addresses: z.array(text),
      topicArn: text,
    }),
  ),
  tags,
});

/** What a plan makes where AWS keeps billing. */
export const billingSchema = z.strictObject({
  budget: budgetSchema.optional().describe('Of the whole environment; left out where the file sets no limit.'),
  anomalies: z
    .strictObject({
      monitors: z.array(
        z.strictObject({
          name: text,
          specification: z.strictObject({ Tags: z.strictObject({ Key: text, Values: z.array(text) }) }),
        }),
      ),
      subscriptionName: text,
      address: text,
      leastUsd: usd,
      tags,
    })
    .optional()
    .describe('Left out unless this is the account that pays.'),
  ofApplications: z.boolean().describe('Whether the budgets of applications are made in us-east-1 too.'),
});
