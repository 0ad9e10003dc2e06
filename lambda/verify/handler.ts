import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { answerResource } from './answer-resource';
import { answerWithin, MOST_BYTES } from './answer-within';
import { bedrockMetrics } from './bedrock-metrics';
import { bedrockSession } from './bedrock-session';
import type { Session } from './call';
import { modelCalls, shortCalls, stsClient } from './clients';
import type { Clock } from './clock';
import { endpointUrl } from './endpoint-url';
import { gate } from './gate';
import { isResourceRequest, type ResourceRequest } from './gate-request';
import type { GateVerdict } from './gate-verdict';
import { measured } from './metrics';
import { parameterPages } from './parameter-pages';
import { parseEvent, type RunOrder } from './parse-event';
import type { VerificationResult } from './result';
import type { Served } from './served-aliases';
import { readSettings } from './settings';
import { signedPost } from './signed-post';
import { stackStatus } from './stack-status';
import { verify } from './verify';

/** What the function needs of Lambda's context. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/** Shortest session STS gives, and as long as the longest run of a Lambda function. */
const SESSION_SECONDS = 900;

/** IAM takes seconds to spread a change; after this it has (facts of 2025 measured about 4 s). */
const SPREADING_MILLISECONDS = 60_000;

/**
 * Verifies by real calls that applications can call their models through their profiles, and in no other way.
 *
 * Called with `{}` or `{ "applications": ["NAME"] }` it returns the result, and so with `"scheduled": true` beside it, as
 * the schedule calls it: whatever AWS answers is part of it, and only a wrong event, a wrong setting or parameters that
 * cannot be read make it throw. Called by CloudFormation, as the gate at
 * the end of an application's stack, it answers at the URL of the request.
 */
export async function handler(event?: unknown, context?: Context): Promise<VerificationResult | GateVerdict> {
  const clock = systemClock(context);
  return isResourceRequest(event) ? answerGate(event, clock) : answer(parseEvent(event), clock);
}

async function answer(order: RunOrder, clock: Clock): Promise<VerificationResult> {
  const result = await run(order, clock);
  const answered = answerWithin(result, order.scheduled ? MOST_BYTES.scheduled : MOST_BYTES.waiting);
  // Nobody reads the answer of a scheduled run, and what is left out has to stand somewhere.
  if (order.scheduled || answered.shortened !== undefined) {
    for (const probe of result.probes.filter(({ asIntended }) => !asIntended)) {
      console.log(JSON.stringify(probe));
    }
  }
  return answered;
}

async function run(order: RunOrder, clock: Clock, spreading?: number, served?: Served): Promise<VerificationResult> {
  const { ENVIRONMENT: environment } = process.env;
  return measured({ environment, scheduled: order.scheduled }, clock, () =>
    runUnmeasured(order, clock, spreading, served),
  );
}

async function runUnmeasured(
  { applications }: RunOrder,
  clock: Clock,
  spreading?: number,
  served?: Served,
): Promise<VerificationResult> {
  const settings = readSettings(process.env);
  const { region } = settings;
  const requests = shortCalls();
  const models = modelCalls();
  const sts = stsClient(region, requests);
  try {
    const dependencies = {
      readPage: parameterPages(signedPost({ service: 'ssm', region, url: endpointUrl('SSM'), handler: requests })),
      assumeRole: (roleArn: string, signal: AbortSignal, policy?: string) =>
        assumeRole(sts, models, roleArn, region, clock, signal, policy),
      clock,
      log: console.log,
      ...(spreading === undefined && {
        metrics: bedrockMetrics(
          signedPost({ service: 'monitoring', region, url: endpointUrl('CLOUDWATCH'), handler: requests }),
          Date.now,
        ),
      }),
    };
    return await verify(settings, applications, dependencies, spreading, served);
  } finally {
    requests.destroy();
    models.destroy();
  }
}

async function answerGate(request: ResourceRequest, clock: Clock): Promise<GateVerdict> {
  const requests = shortCalls();
  const region = process.env['AWS_REGION'] ?? '';
  const cloudFormation = { service: 'cloudformation', region, url: endpointUrl('CLOUDFORMATION'), handler: requests };
  try {
    const verdict = await gate(request, {
      verifyChanged: ({ application, aliases }) =>
        run({ applications: [application], scheduled: false }, clock, SPREADING_MILLISECONDS, aliases),
      stackStatus: stackStatus(signedPost(cloudFormation)),
      clock,
      log: console.log,
    });
    console.log(JSON.stringify({ request: request.RequestType, stackId: request.StackId, ...verdict }));
    await answerResource(request, verdict, clock);
    return verdict;
  } finally {
    requests.destroy();
  }
}

function systemClock(context: Context | undefined): Clock {
  // Set where faults are tried out, so that nobody waits a minute for an answer that never comes.
  const attemptMilliseconds = Number(process.env['ATTEMPT_MILLISECONDS']);
  return {
    ...(attemptMilliseconds > 0 && { attemptMilliseconds }),
    now: () => Math.round(performance.now()),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    timeLeft: () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY,
  };
}

async function assumeRole(
  sts: STSClient,
  models: NodeHttpHandler,
  roleArn: string,
  region: string,
  clock: Clock,
  abortSignal: AbortSignal,
  policy?: string,
): Promise<Session> {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: 'bedrock-access-verify',
    DurationSeconds: SESSION_SECONDS,
    ...(policy !== undefined && { Policy: policy }),
  });
  const { Credentials } = await sts.send(command, { abortSignal });
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new Error('STS answered without credentials');
  }
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return bedrockSession(credentials, region, clock.now, models);
}
