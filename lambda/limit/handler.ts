import { BudgetsClient } from '@aws-sdk/client-budgets';
import { IAMClient, ListPoliciesCommand, type ListPoliciesResponse } from '@aws-sdk/client-iam';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { boundedText } from '../../aws/bounded-text';
import { type Clock, RESERVED_MILLISECONDS } from '../../aws/clock';
import { withinTime } from '../../aws/retry/within-time';
import { assumeRole } from '../../aws/services/assume-role';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { ONE_ATTEMPT } from '../../aws/services/one-attempt';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { type Context, systemClock } from '../../aws/system-clock';
import { answerResource } from '../custom-resource/answer-resource';
import { isResourceRequest, type ResourceRequest } from '../custom-resource/resource-request';
import type { LimitAnswer } from './act';
import { askAws } from './ask-aws';
import { budgetActions } from './budget-actions';
import { denial } from './denial';
import { changeDenial, DENIAL_ID } from './denial-resource';
import { deny } from './deny';
import { lift } from './lift';
import type { LimitDependencies } from './limit-dependencies';
import { parseLimitEvent } from './limit-event';
import { releaseByHand } from './release';
import { type LimitSettings, readLimitSettings } from './settings';

/**
 * Attaches and detaches the denial of an application. It is called by the alarm on the application's daily dollars, by
 * a daily schedule, by a person who releases a denial, and by CloudFormation when the application's stack changes.
 *
 * The function's role has no permissions on any principal. The function assumes the application's own limit role, which
 * may attach and detach that one policy on that application's principals. Every act is one line of JSON in the log.
 */
export async function handler(event?: unknown, context?: Context): Promise<LimitAnswer> {
  const clock = systemClock(context);
  const connections = shortCalls();
  try {
    const work = (): Promise<LimitAnswer> => act(event, dependencies(clock, connections));
    const answer = isResourceRequest(event) ? await answerStack(event, clock, work) : await work();
    for (const done of answer.acts) {
      console.log(JSON.stringify(done));
    }
    for (const failure of answer.failures) {
      console.log(JSON.stringify({ failure }));
    }
    if (answer.failures.length > 0 && !isResourceRequest(event) && !isRelease(event)) {
      // Nobody reads the answer to an alarm or to the schedule, so a failure must show as an error of the function.
      throw new Error(boundedText(answer.failures.join('; '), 2_000));
    }
    return answer;
  } finally {
    connections.destroy();
  }
}

const isRelease = (event: unknown): boolean => typeof event === 'object' && event !== null && 'release' in event;

async function act(event: unknown, dependencies: LimitDependencies): Promise<LimitAnswer> {
  if (isResourceRequest(event)) {
    return changeDenial(event, dependencies);
  }
  const order = parseLimitEvent(event, dependencies.settings.environment, dependencies.today());
  switch (order.order) {
    case 'deny':
      return deny(order.application, { alarm: order.alarmArn }, dependencies);
    case 'lift':
      return lift(dependencies);
    case 'release':
      return releaseByHand(order.application, { release: order.by }, dependencies);
    case 'nothing':
      dependencies.log(JSON.stringify({ nothing: order.why }));
      return { acts: [], failures: [] };
  }
}

/** Always answers CloudFormation, even if time runs out or the settings cannot be read: it waits for an answer. */
async function answerStack(
  request: ResourceRequest,
  clock: Clock,
  work: () => Promise<LimitAnswer>,
): Promise<LimitAnswer> {
  const answer = await withinTime(Math.max(1, Math.round(clock.timeLeft() - RESERVED_MILLISECONDS)), work).catch(
    (error: unknown): LimitAnswer => ({
      acts: [],
      failures: [boundedText(error instanceof Error ? error.message : String(error))],
    }),
  );
  const { acts, failures } = answer;
  const changed = acts.flatMap(({ principals }) => principals);
  await answerResource(
    request,
    {
      passed: failures.length === 0,
      reason:
        failures.join('; ') ||
        (changed.length === 0
          ? 'the denial was attached to no principal'
          : `the denial was changed for: ${changed.join(', ')}`),
      // A denial that was never created keeps CloudFormation's own id, by which its deletion is recognized.
      physicalResourceId: request.PhysicalResourceId ?? DENIAL_ID,
    },
    clock,
  );
  return answer;
}

function dependencies(clock: Clock, requestHandler: NodeHttpHandler): LimitDependencies {
  const settings = readLimitSettings(process.env);
  const { region } = settings;
  const ask = askAws(clock, false);
  const iam = new IAMClient({ region, requestHandler, ...ONE_ATTEMPT });
  const budgets = new BudgetsClient({ region, requestHandler, ...ONE_ATTEMPT });
  const sts = signedPost({ service: 'sts', region, url: endpointUrl('STS'), handler: requestHandler });
  return {
    settings,
    async denialOf(application, spreading = false) {
      const asking = spreading ? askAws(clock, true) : ask;
      const role = settings.roleArn(application);
      const credentials = await asking(`assume ${role}`, (signal) =>
        assumeRole(sts, 'bedrock-access-limit')(role, signal),
      );
      const asRole = new IAMClient({ region, requestHandler, credentials, ...ONE_ATTEMPT });
      return denial(asRole, asking, settings.policyArn(application), settings.accessPolicyArn(application));
    },
    attachedPolicies: () => attachedPolicies(iam, settings, ask),
    budgets: budgetActions(budgets, ask, settings.account, clock),
    clock,
    today: () => new Date(),
    log: console.log,
  };
}

/**
 * Lists the attached policies under the environment's path. One call shows which of a thousand applications are denied.
 */
async function attachedPolicies(
  iam: IAMClient,
  { environment }: LimitSettings,
  ask: ReturnType<typeof askAws>,
): Promise<readonly string[]> {
  const found: string[] = [];
  let Marker: string | undefined;
  do {
    const page: ListPoliciesResponse = await ask('list policies that are attached', (abortSignal) =>
      iam.send(
        new ListPoliciesCommand({
          Scope: 'Local',
          OnlyAttached: true,
          PathPrefix: `/bedrock-access/${environment}/`,
          PolicyUsageFilter: 'PermissionsPolicy',
          MaxItems: 1000,
          Marker,
        }),
        { abortSignal },
      ),
    );
    found.push(...(page.Policies ?? []).map(({ Arn = '' }) => Arn));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return found;
}
