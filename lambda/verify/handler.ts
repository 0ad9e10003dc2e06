import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { bedrockCalls } from './bedrock-calls';
import type { Session } from './call';
import { bedrockClient, shortCalls, stsClient } from './clients';
import type { Clock } from './clock';
import { parameterPages } from './parameter-pages';
import { parseEvent } from './parse-event';
import type { VerificationResult } from './result';
import { readSettings } from './settings';
import { verify } from './verify';

/** What the function needs of Lambda's context. */
interface Context {
  getRemainingTimeInMillis(): number;
}

/** Shortest session STS gives, and as long as the longest run of a Lambda function. */
const SESSION_SECONDS = 900;

function systemClock(context: Context | undefined): Clock {
  return {
    now: () => Math.round(performance.now()),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    timeLeft: () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY,
  };
}

/** Where a service is, as the SDK's clients find it; absent for AWS itself. */
function endpointUrl(service: string): string | undefined {
  return process.env[`AWS_ENDPOINT_URL_${service}`] || process.env['AWS_ENDPOINT_URL'] || undefined;
}

async function assumeRole(
  sts: STSClient,
  roleArn: string,
  region: string,
  clock: Clock,
  abortSignal: AbortSignal,
): Promise<Session> {
  const command = new AssumeRoleCommand({
    RoleArn: roleArn,
    RoleSessionName: 'bedrock-access-verify',
    DurationSeconds: SESSION_SECONDS,
  });
  const { Credentials } = await sts.send(command, { abortSignal });
  const { AccessKeyId, SecretAccessKey, SessionToken } = Credentials ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined) {
    throw new Error('STS answered without credentials');
  }
  const client = bedrockClient(
    region,
    { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    endpointUrl('BEDROCK_RUNTIME'),
  );
  return { send: bedrockCalls(client, clock.now), close: () => client.destroy() };
}

/**
 * Verifies by real calls that applications can call their models through their profiles, and in no other way.
 *
 * Whatever AWS answers is part of the result; only a wrong event, a wrong setting or parameters that cannot be read
 * make it throw.
 */
export async function handler(event?: unknown, context?: Context): Promise<VerificationResult> {
  const applications = parseEvent(event);
  const settings = readSettings(process.env);
  const clock = systemClock(context);
  const requests = shortCalls();
  const sts = stsClient(settings.region, requests);
  try {
    return await verify(settings, applications, {
      readPage: parameterPages(settings.region, endpointUrl('SSM'), requests),
      assumeRole: (roleArn, signal) => assumeRole(sts, roleArn, settings.region, clock, signal),
      clock,
      log: console.log,
    });
  } finally {
    requests.destroy();
  }
}
