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
 * Writes calls, tokens and estimated dollars as metrics, by environment, application and alias.
 *
 * A schedule calls the function every five minutes. A run that lacks a figure writes nothing and throws, and the next
 * run writes its windows too.
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

/** Reads the prices, which the stack places in the folder of the code. */
function readPrices(): Prices {
  const file = join(process.env['LAMBDA_TASK_ROOT'] ?? __dirname, 'prices.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Prices;
}
