import { atMost } from '../../aws/at-most';
import { messageOf } from '../../aws/errors/message-of';
import { type Cause, joined, type LimitAnswer } from './act';
import type { BudgetAction } from './budget-actions';
import { type BudgetFindings, type BudgetStep, budgetFindings } from './budget-step';
import { type DayDollars, type Decision, decide } from './decide';
import { deniedMetric } from './denied-metric';
import { deny } from './deny';
import { lift } from './lift';
import type { LimitDependencies } from './limit-dependencies';
import type { Limited, LimitParameters } from './store/limit-parameters';

/** Number of applications whose dollars are read at a time. */
const MAX_CONCURRENT_READS = 4;

/** Time at the end of a run in which nothing more is read, in milliseconds: what was read has to become an act. */
export const ACTING_MILLISECONDS = 60_000;

/** Time that must be left to begin with another application, in milliseconds. */
const APPLICATION_MILLISECONDS = 20_000;

/** An application, and what should be with it. */
interface Judged {
  readonly parameters: Limited;
  readonly decision: Decision;
  readonly steps: readonly BudgetStep[];
}

/**
 * Decides for each application whether it should be denied, and makes it so. What has happened before does not matter:
 * a run that was missed, doubled or late changes nothing.
 *
 * What cannot be read changes nothing for its application and is a failure. It does not stop the other applications.
 */
export async function reconcile(
  applications: readonly LimitParameters[],
  by: Cause,
  dependencies: LimitDependencies,
): Promise<LimitAnswer> {
  const { settings, attachedPolicies, budgets, clock, today, log } = dependencies;
  const failures: string[] = applications.flatMap(({ mistakes }) => mistakes);
  const read = <T>(what: Promise<T>): Promise<T | undefined> =>
    what.catch((error: unknown) => {
      failures.push(messageOf(error));
      return undefined;
    });
  const attached = new Set((await read(attachedPolicies())) ?? []);
  const actions = await read(budgets.list());
  const limit = atMost(MAX_CONCURRENT_READS);
  const judged = await Promise.all(
    applications.map((parameters) =>
      limit(async () => {
        const found = await judge(parameters, actions, dependencies);
        failures.push(...found.failures);
        return found.judged;
      }),
    ),
  );
  // Denials come first: an application that is not denied spends money.
  const work = judged.flatMap((one) => one ?? []).sort((a, b) => rank(a.decision) - rank(b.decision));
  const answers: LimitAnswer[] = [];
  const denied: string[] = [];
  for (const { parameters, decision, steps } of work) {
    const { application, state } = parameters;
    const isInForce = attached.has(settings.policyArn(application)) || state?.denied !== undefined;
    const isDenied = decision === 'unknown' ? isInForce : decision.denied;
    if (isDenied) {
      denied.push(application);
    }
    if (decision === 'unknown' || (!isDenied && !isInForce && steps.length === 0)) {
      continue;
    }
    try {
      if (clock.timeLeft() < APPLICATION_MILLISECONDS) {
        throw new Error('the time of the run was up; the next run continues');
      }
      answers.push(
        decision.denied
          ? await deny(parameters, decision.why, by, dependencies)
          : await lift(parameters, { isInForce, steps, by }, dependencies),
      );
    } catch (error) {
      answers.push({ acts: [], failures: [`${application}: ${messageOf(error)}`] });
    }
  }
  for (const application of denied) {
    log(deniedMetric(settings.environment, application, today()));
  }
  log(JSON.stringify({ looked: applications.length, denied }));
  return joined([...answers, { acts: [], failures }]);
}

const rank = (decision: Decision): number => (decision !== 'unknown' && decision.denied ? 0 : 1);

async function judge(
  parameters: LimitParameters,
  actions: readonly BudgetAction[] | undefined,
  { settings, budgets, dollarsOf, clock, today }: LimitDependencies,
): Promise<{ readonly judged?: Judged; readonly failures: readonly string[] }> {
  const { application, limit, state } = parameters;
  if (limit === undefined) {
    return { failures: [] };
  }
  const failures: string[] = [];
  const read = <T>(what: Promise<T>): Promise<T | undefined> =>
    what.catch((error: unknown) => {
      failures.push(`${application}: ${messageOf(error)}`);
      return undefined;
    });
  if (clock.timeLeft() < ACTING_MILLISECONDS) {
    return { failures: [`${application}: the time for reading was up; the next run looks again`] };
  }
  const policyArn = settings.policyArn(application);
  const own = actions?.filter((action) => action.policyArn === policyArn);
  const now = today();
  const [dollars, budget]: readonly [DayDollars | undefined, BudgetFindings | undefined] = await Promise.all([
    limit.dailyUsd === undefined ? undefined : read(dollarsOf(application, now)),
    own === undefined ? undefined : read(budgetFindings(own, state, budgets, now)),
  ]);
  failures.push(...(dollars?.missing ?? []).map((missing) => `${application}: ${missing}`));
  const decision = decide(
    limit,
    {
      ...(state !== undefined && { state }),
      ...(dollars !== undefined && { dollars }),
      ...(budget !== undefined && { budget: budget.evidence }),
    },
    now,
  );
  return { judged: { parameters: { ...parameters, limit }, decision, steps: budget?.steps ?? [] }, failures };
}
