import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { COST_STEPS } from '../../live/costs/costs-found';
import { documentSchema } from '../format/document-schema';
import type { costDocument } from './cost-document';

const text = z.string();
const usd = z.number().describe('US dollars.');
const STATE = z.enum(['above', 'forecast above', 'within', 'no budget', 'not known']);
const usdOrNull = usd.nullable().describe('US dollars; null where they are not known, or not set.');

/** What `costs --json` prints. */
export const costSchema = schemaOf<ReturnType<typeof costDocument>>()(
  documentSchema('costs', {
    environment: text,
    account: text,
    region: text,
    month: text.describe('The month that is looked at: YYYY-MM.'),
    until: text.describe('The last day that is looked at: YYYY-MM-DD, UTC.'),
    applications: z.array(
      z.strictObject({
        application: text,
        billedUsd: usdOrNull,
        forecastUsd: usdOrNull.describe(
          'Of the month as a whole: billed before `until`, forecast by Cost Explorer from it on.',
        ),
        budgetUsd: usdOrNull,
        estimatedTodayUsd: usdOrNull.describe(
          'List prices times the tokens of calls on `until`; no part of what is billed.',
        ),
        unpricedTokens: z
          .number()
          .min(0)
          .describe('Tokens whose price is not known: their dollars are not in the estimate.'),
        dailyLimitUsd: usdOrNull,
        state: STATE,
      }),
    ),
    sharedUsd: usdOrNull.describe('Billed for what the applications of the environment share.'),
    all: z
      .strictObject({ billedUsd: usdOrNull, forecastUsd: usdOrNull, budgetUsd: usdOrNull, state: STATE })
      .describe('All applications together, beside the budget of the environment; without what they share.'),
    models: z.array(
      z.strictObject({
        application: text.describe('Empty for what all share.'),
        model: text.describe('As AWS writes it on the bill; empty for what is no model.'),
        billedUsd: usdOrNull,
        forecastShareUsd: usdOrNull.describe(
          "The forecast of its application, by the model's share of what was billed.",
        ),
      }),
    ),
    principals: z.array(
      z.strictObject({
        tags: z.array(
          z.strictObject({ key: text, value: text.describe('Empty where the principal has no such tag.') }),
        ),
        billedUsd: usdOrNull,
        forecastShareUsd: usdOrNull.describe(
          "The environment's forecast, by the principal's share of what was billed.",
        ),
      }),
    ),
    days: z
      .array(
        z.strictObject({
          day: text,
          billed: z.array(z.strictObject({ application: text.describe('Empty for what all share.'), usd: usdOrNull })),
        }),
      )
      .describe('The last 30 days, oldest first.'),
    notLookedAt: z.array(
      z.strictObject({
        part: z.enum(['billed', 'by model', 'by principal', 'forecast', 'estimated today']),
        step: z.enum(COST_STEPS).describe('Which step is missing.'),
        why: text.min(1),
        next: text.min(1),
      }),
    ),
    costExplorer: z.strictObject({ requests: z.int().min(0), usd: usdOrNull }),
  }),
);
