import { z } from 'zod';
import { schemaOf } from '../../config/schema-of';
import { COST_STEPS } from '../../live/costs/costs-found';
import { documentSchema } from '../format/document-schema';
import { standingsSchema } from '../plan/standing-schema';
import type { costDocument } from './cost-document';

const text = z.string();
const usd = z.number().describe('US dollars.');
const STATE = z.enum(['above', 'forecast above', 'within', 'no budget', 'not known']);
const usdOrNull = usd.nullable().describe('US dollars. Null when the amount is not known or not set.');

/** Schema of the document that `costs --json` prints. */
export const costSchema = schemaOf<ReturnType<typeof costDocument>>()(
  documentSchema('costs', {
    environment: text,
    account: text,
    region: text,
    month: text.describe('The reported month, as YYYY-MM.'),
    until: text.describe('The last reported day in UTC, as YYYY-MM-DD.'),
    applications: z.array(
      z.strictObject({
        application: text,
        billedUsd: usdOrNull,
        forecastUsd: usdOrNull.describe(
          'For the whole month: dollars billed before `until`, plus the forecast of Cost Explorer from that day on.',
        ),
        budgetUsd: usdOrNull,
        estimatedTodayUsd: usdOrNull.describe(
          'List prices times the tokens of calls on `until`. Not included in the billed dollars.',
        ),
        unpricedTokens: z.number().min(0).describe('Tokens of unknown price. The estimate does not include them.'),
        dailyLimitUsd: usdOrNull,
        state: STATE,
      }),
    ),
    sharedUsd: usdOrNull.describe('Dollars billed for resources that the applications of the environment share.'),
    all: z
      .strictObject({ billedUsd: usdOrNull, forecastUsd: usdOrNull, budgetUsd: usdOrNull, state: STATE })
      .describe('All applications together, with the budget of the environment. Shared costs are not included.'),
    models: z.array(
      z.strictObject({
        application: text.describe('Empty for costs that all applications share.'),
        model: text.describe('Name of the model on the bill. Empty for costs of no model.'),
        billedUsd: usdOrNull,
        forecastShareUsd: usdOrNull.describe(
          "The forecast of the application, times the model's share of the billed dollars.",
        ),
      }),
    ),
    principals: z.array(
      z.strictObject({
        tags: z.array(
          z.strictObject({ key: text, value: text.describe('Empty when the principal does not have the tag.') }),
        ),
        billedUsd: usdOrNull,
        forecastShareUsd: usdOrNull.describe(
          "The forecast of the environment, times the principal's share of the billed dollars.",
        ),
      }),
    ),
    days: z
      .array(
        z.strictObject({
          day: text,
          billed: z.array(
            z.strictObject({
              application: text.describe('Empty for costs that all applications share.'),
              usd: usdOrNull,
            }),
          ),
        }),
      )
      .describe('The last 30 days, oldest first.'),
    tagActive: z
      .boolean()
      .nullable()
      .describe('Whether the cost allocation tag of the budgets is active. Null when AWS did not say.'),
    limits: standingsSchema.describe('The denials that are in force.'),
    notLookedAt: z.array(
      z.strictObject({
        part: z.enum(['billed', 'by model', 'by principal', 'forecast', 'estimated today']),
        step: z.enum(COST_STEPS).describe('The step that is missing.'),
        why: text.min(1),
        next: text.min(1),
      }),
    ),
    costExplorer: z.strictObject({ requests: z.int().min(0), usd: usdOrNull }),
  }),
);
