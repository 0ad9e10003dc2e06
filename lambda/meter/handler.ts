import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { retryBudget } from '../../aws/retry-budget';
import { cloudWatch } from '../../aws/services/cloudwatch';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { parameterPages } from '../../aws/services/parameter-pages';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { type Context, systemClock } from '../../aws/system-clock';
import type { Prices } from './metered-profile';
import { publish } from './publish';
import { NOTHING_REMEMBERED, runMeter, type Summary } from './run-meter';
import { readSettings } from './settings';
import { timeOfEvent } from './time-of-event';

let memory = NOTHING_REMEMBERED;

/**
 * Writes calls, tokens and estimated dollars by environment, application and alias as metrics.
 *
 * Called by the schedule every five minutes. A run that cannot know something writes nothing and throws, and the next
 * one makes up for it.
 */
export async function handler(event?: unknown, context?: Context): Promise<Summary> {
  const settings = readSettings(process.env);
  const requests = shortCalls();
  const post = (service: string, endpoint: string) =>
    signedPost({ service, region: settings.region, url: endpointUrl(endpoint), handler: requests });
  try {
    const metered = await runMeter(
      settings,
      {
        readPage: parameterPages(post('ssm', 'SSM')),
        cloudWatch: cloudWatch(post('monitoring', 'CLOUDWATCH')),
        prices: readPrices(),
        clock: { ...systemClock(context), retryBudget: retryBudget() },
        log: console.log,
      },
      timeOfEvent(event, Date.now),
      memory,
    );
    publish(settings.environment, metered.documents);
    memory = metered.memory;
    console.log(JSON.stringify(metered.summary));
    return metered.summary;
  } finally {
    requests.destroy();
  }
}

/** The stack lays them beside the code, where Lambda says that is. */
function readPrices(): Prices {
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? __dirname, 'prices.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Prices;
}
