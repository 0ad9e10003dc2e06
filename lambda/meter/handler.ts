import { retryBudget } from '../../aws/retry-budget';
import { cloudWatch } from '../../aws/services/cloudwatch';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { parameterPages } from '../../aws/services/parameter-pages';
import { bedrockQuotaPages } from '../../aws/services/service-quotas';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { type Context, systemClock } from '../../aws/system-clock';
import { readPrices } from '../dollars/prices';
import { readModelNames } from './model-names';
import { publish } from './publish';
import { type Memory, NOTHING_REMEMBERED, runMeter, type Summary } from './run-meter';
import { readSettings } from './settings';

let memory: Memory = NOTHING_REMEMBERED;

/**
 * Writes the estimated dollars of the day as metrics, by environment and application, and what should not be there, such
 * as calls of profiles that nobody planned.
 *
 * A schedule calls the function every ten minutes. What an event says does not matter: the function reads the time from
 * the clock, and everything else from AWS. A run that lacks a figure writes nothing of its kind and throws.
 */
export async function handler(_event?: unknown, context?: Context): Promise<Summary> {
  const settings = readSettings(process.env);
  const requests = shortCalls();
  const post = (service: string, endpoint: string) =>
    signedPost({ service, region: settings.region, url: endpointUrl(endpoint), handler: requests });
  try {
    const summary = await runMeter(
      settings,
      {
        readPage: parameterPages(post('ssm', 'SSM')),
        cloudWatch: cloudWatch(post('monitoring', 'CLOUDWATCH')),
        readQuotas: bedrockQuotaPages(post('servicequotas', 'SERVICE_QUOTAS')),
        prices: readPrices(),
        modelNames: readModelNames(),
        clock: { ...systemClock(context), retryBudget: retryBudget() },
        log: console.log,
        write: (documents) => publish(settings.environment, documents),
        remember: (known) => {
          memory = { ...memory, ...known };
        },
      },
      Math.floor(Date.now() / 1000),
      memory,
    );
    console.log(JSON.stringify(summary));
    return summary;
  } finally {
    requests.destroy();
  }
}
