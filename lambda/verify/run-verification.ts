import type { Clock } from '../../aws/clock';
import { assumeRole } from '../../aws/services/assume-role';
import { bedrockMetrics } from '../../aws/services/bedrock-metrics';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { parameterPages } from '../../aws/services/parameter-pages';
import type { Endpoint } from '../../aws/services/post';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import type { Served } from '../aliases/served-aliases';
import { bedrockSession } from './bedrock/bedrock-session';
import { modelCalls } from './bedrock/clients';
import { measureRun } from './metrics';
import type { RunOrder } from './parse-event';
import type { VerificationResult } from './result';
import { readSettings } from './settings';
import { type Spreading, verify } from './verify';

/** Time after which IAM has spread a change, in milliseconds (about 4 s were measured in 2025). */
const SPREADING_MILLISECONDS = 60_000;

/**
 * Verifies with the services of AWS, and writes the result as metrics.
 *
 * @param served the aliases of the one application that a gate verifies. A gate settles no facts about AWS, because a
 * deployment waits for it
 */
export function runVerification(order: RunOrder, clock: Clock, served?: Served): Promise<VerificationResult> {
  const { ENVIRONMENT: environment } = process.env;
  return measureRun({ environment, scheduled: order.scheduled }, clock, () => runUnmeasured(order, clock, served));
}

async function runUnmeasured(order: RunOrder, clock: Clock, served: Served | undefined): Promise<VerificationResult> {
  const { applications, scheduled } = order;
  const settings = readSettings(process.env);
  const { region } = settings;
  const requests = shortCalls();
  const models = modelCalls();
  const service = (name: string, endpoint: string): Endpoint => ({
    service: name,
    region,
    url: endpointUrl(endpoint),
    handler: requests,
  });
  const sts = assumeRole(signedPost(service('sts', 'STS')));
  try {
    const dependencies = {
      readPage: parameterPages(signedPost(service('ssm', 'SSM'))),
      assumeRole: async (roleArn: string, signal: AbortSignal, policy?: string) =>
        bedrockSession(await sts(roleArn, signal, policy), region, clock.now, models),
      clock,
      log: console.log,
      ...(served === undefined && {
        metrics: bedrockMetrics(signedPost(service('monitoring', 'CLOUDWATCH')), Date.now),
      }),
    };
    const spreading = spreadingOf(order, served);
    return await verify(settings, dependencies, { applications, spreading, served, scheduled });
  } finally {
    requests.destroy();
    models.destroy();
  }
}

/**
 * Returns the spreading times. Only a gate's run reads new parameters, but policies may have been changed before any
 * run.
 */
function spreadingOf({ spreading }: RunOrder, served: Served | undefined): Spreading {
  return {
    rights: spreading ? SPREADING_MILLISECONDS : 0,
    aliases: served === undefined ? 0 : SPREADING_MILLISECONDS,
  };
}
