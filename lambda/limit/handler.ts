import { BudgetsClient } from '@aws-sdk/client-budgets';
import { IAMClient } from '@aws-sdk/client-iam';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { boundedText } from '../../aws/bounded-text';
import type { Clock } from '../../aws/clock';
import { retryBudget } from '../../aws/retry-budget';
import { assumeRole } from '../../aws/services/assume-role';
import { cloudWatch } from '../../aws/services/cloudwatch';
import { endpointUrl } from '../../aws/services/endpoint-url';
import { ONE_ATTEMPT } from '../../aws/services/one-attempt';
import { parameterPages } from '../../aws/services/parameter-pages';
import { parameterStore } from '../../aws/services/parameter-store';
import { publishTo } from '../../aws/services/publish-to';
import { shortCalls } from '../../aws/services/short-calls';
import { signedPost } from '../../aws/services/signed-post';
import { type Context, systemClock } from '../../aws/system-clock';
import type { ResourceAnswer } from '../custom-resource/answer-resource';
import { answerStack, type RefusedRequest } from '../custom-resource/answer-stack';
import { isResourceRequest, type ResourceRequest } from '../custom-resource/resource-request';
import { readPrices } from '../dollars/prices';
import type { LimitAnswer } from './act';
import { budgetActions } from './budget-actions';
import { changeDenial, DENIAL_ID } from './denial-resource';
import { dollarsOfApplication } from './dollars-of-application';
import { followOrder } from './follow-order';
import type { LimitDependencies } from './limit-dependencies';
import { parseLimitEvent, RefusedEvent } from './limit-event';
import { askAws } from './policies/ask-aws';
import { attachedPolicies } from './policies/attached-policies';
import { denial } from './policies/denial';
import { ACTING_MILLISECONDS } from './reconcile';
import { reserveConcurrency } from './reserve-concurrency';
import { readLimitSettings } from './settings';
import { limitStore } from './store/limit-parameters';

/**
 * Denies applications their profiles at their limits, and lifts the denials. It is called by a schedule every five
 * minutes, by the alarms on daily dollars, by a person, and by CloudFormation when an application's stack changes.
 *
 * The function's role has no permissions on any principal. The function assumes the application's own limit role, which
 * may change only that application's policies on that application's principals. Every act is one line of JSON in the
 * log.
 */
export async function handler(
  event?: unknown,
  context?: Context,
): Promise<LimitAnswer | ResourceAnswer | RefusedRequest> {
  const clock = systemClock(context);
  const connections = shortCalls();
  try {
    if (isResourceRequest(event)) {
      return await answerRequest(event, clock, connections);
    }
    const answer = await obey(event, dependencies(clock, connections));
    logAnswer(answer);
    await reserveOnce(clock, connections);
    if (answer.failures.length > 0 && answer.refused !== true && !isByHand(event)) {
      // Nobody reads the answer to an alarm or to the schedule, so a failure must show as an error of the function.
      throw new Error(boundedText(answer.failures.join('; '), 2_000));
    }
    return answer;
  } finally {
    connections.destroy();
  }
}

let reserving = false;

/** Reserves concurrency in the first run of a process, after its acts. */
async function reserveOnce(clock: Clock, handler: NodeHttpHandler): Promise<void> {
  const functionName = process.env['AWS_LAMBDA_FUNCTION_NAME'] ?? '';
  if (!reserving) {
    reserving = true;
    const lambda = { region: process.env['AWS_REGION'] ?? '', url: endpointUrl('LAMBDA'), handler };
    await reserveConcurrency({ lambda, functionName, clock, log: console.log });
  }
}

function logAnswer({ acts, failures, refused }: LimitAnswer): void {
  for (const done of acts) {
    console.log(JSON.stringify(done));
  }
  for (const failure of failures) {
    console.log(JSON.stringify({ [refused === true ? 'refused' : 'failure']: failure }));
  }
}

/** A person reads the answer, and so the failures in it. */
const isByHand = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && ('release' in event || 'deny' in event);

/** Follows the order in an event. A refused event is logged once and is no error, because Lambda would repeat it. */
async function obey(event: unknown, dependencies: LimitDependencies): Promise<LimitAnswer> {
  try {
    return await followOrder(parseLimitEvent(event, dependencies.settings), dependencies);
  } catch (error) {
    if (!(error instanceof RefusedEvent)) {
      throw error;
    }
    return { acts: [], failures: [error.message], refused: true };
  }
}

function answerRequest(
  request: ResourceRequest,
  clock: Clock,
  connections: NodeHttpHandler,
): Promise<ResourceAnswer | RefusedRequest> {
  const served = { types: ['Custom::BedrockAccessDenial'], idWithoutWork: DENIAL_ID, clock, connections };
  return answerStack(request, served, async (confirmed) => {
    const answer = await changeDenial(confirmed, dependencies(clock, connections));
    logAnswer(answer);
    const changed = answer.acts.flatMap(({ principals, withoutAccess = [] }) => [...principals, ...withoutAccess]);
    return {
      passed: answer.failures.length === 0,
      reason:
        answer.failures.join('; ') ||
        (changed.length === 0
          ? 'the denial was attached to no principal'
          : `the denial was changed for: ${changed.join(', ')}`),
      // A denial that was never created keeps CloudFormation's own id, by which its deletion is recognized.
      physicalResourceId: confirmed.PhysicalResourceId ?? DENIAL_ID,
    };
  });
}

function dependencies(clock: Clock, requestHandler: NodeHttpHandler): LimitDependencies {
  const settings = readLimitSettings(process.env);
  const { environment, region } = settings;
  const ask = askAws(clock, false);
  const iam = new IAMClient({ region, requestHandler, ...ONE_ATTEMPT });
  const budgets = new BudgetsClient({ region, requestHandler, ...ONE_ATTEMPT });
  const post = (service: string, endpoint: string) =>
    signedPost({ service, region, url: endpointUrl(endpoint), handler: requestHandler });
  const [sts, ssm, sns] = [post('sts', 'STS'), post('ssm', 'SSM'), post('sns', 'SNS')];
  const today = (): Date => new Date();
  const readPage = parameterPages(ssm);
  // If CloudWatch throttles every call, repeating each of a thousand would leave no time to act.
  const reading: Clock = {
    ...clock,
    timeLeft: () => clock.timeLeft() - ACTING_MILLISECONDS,
    retryBudget: retryBudget(),
  };
  const publish = publishTo(sns);
  return {
    settings,
    limits: limitStore({
      path: `/bedrock-access/${environment}.limits`,
      readPage,
      store: parameterStore(ssm),
      ask,
      clock,
      today,
    }),
    async denialOf(application, spreading = false) {
      const asking = spreading ? askAws(clock, true) : ask;
      const role = settings.roleArn(application);
      const credentials = await asking(`assume ${role}`, (signal) =>
        assumeRole(sts, 'bedrock-access-limit')(role, signal),
      );
      const asRole = new IAMClient({ region, requestHandler, credentials, ...ONE_ATTEMPT });
      return denial(asRole, asking, settings.policyArn(application));
    },
    attachedPolicies: () => attachedPolicies(iam, environment, ask),
    budgets: budgetActions(budgets, ask, settings.account, clock),
    dollarsOf: (application, now) =>
      dollarsOfApplication(application, now, {
        path: `/bedrock-access/${environment}`,
        readPage,
        cloudWatch: cloudWatch(post('monitoring', 'CLOUDWATCH')),
        prices: readPrices(),
        clock: reading,
        log: console.log,
      }),
    publish: (topicArn, notice) => ask(`publish to ${topicArn}`, (signal) => publish(topicArn, notice, signal)),
    clock,
    today,
    log: console.log,
  };
}
