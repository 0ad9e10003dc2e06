import { PRICES_FILE } from '../../../lambda/dollars/prices';
import { METER_SECONDS } from '../../../lambda/meter/intervals';
import { MODEL_NAMES_FILE, type ModelNames } from '../../../lambda/meter/model-names';
import { ALL_ENVIRONMENTS } from '../../../lambda/meter/planned-profiles';
import { findModel, MODEL_IDS } from '../../catalog/catalog';
import { parameterArn } from '../names/arns';
import type { Place } from '../names/names';
import { type FunctionPlan, planFunction } from '../parts/function-plan';
import { regionPrices } from '../parts/region-prices';
import { READ_METRICS } from './verification-plan';

/**
 * Decides the meter: the function that writes estimated dollars, and what should not be there.
 *
 * It reads the parameters of every environment of the Region, because a profile is unplanned only if none names it.
 */
export function planMeter(place: Place, everyHours: number, verificationRule: string): FunctionPlan {
  const parameters = parameterArn(place, ALL_ENVIRONMENTS);
  return planFunction(place, {
    source: 'meter',
    description: 'Counts estimated dollars by application, and calls that nobody planned',
    memoryMegabytes: 512,
    // The timeout is shorter than the time between two runs.
    timeoutSeconds: 240,
    variables: {
      ENVIRONMENT: place.environment,
      EVERY_HOURS: String(everyHours),
      VERIFICATION_RULE: verificationRule,
    },
    statements: [
      {
        Sid: 'ReadAllAliases',
        Effect: 'Allow',
        Action: ['ssm:GetParametersByPath'],
        Resource: [parameters, `${parameters}/*`],
      },
      READ_METRICS,
      {
        // The action takes no resource (service authorization reference of 2026-09-26).
        Sid: 'ReadQuotas',
        Effect: 'Allow',
        Action: ['servicequotas:ListServiceQuotas'],
        Resource: ['*'],
      },
    ],
    // What may not wait, the limit function does itself. Each run pays for every metric that it reads.
    expression: `rate(${METER_SECONDS / 60} minutes)`,
    files: { [PRICES_FILE]: regionPrices(place.region), [MODEL_NAMES_FILE]: modelNames() },
  });
}

/** Returns the providers and names of all models, by which the meter finds their quotas. */
function modelNames(): ModelNames {
  return Object.fromEntries(
    MODEL_IDS.flatMap((modelId) => {
      const model = findModel(modelId);
      return model === undefined
        ? []
        : [[modelId, { provider: model.provider, ...(model.name !== undefined && { name: model.name }) }] as const];
    }),
  );
}
