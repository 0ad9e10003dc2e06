import { SESSION_TAGS } from '../../config/checks/check-environment';
import { loadEnvironment } from '../../config/environment-files';
import { awsPost } from '../../live/aws-post';
import { costExplorer } from '../../live/costs/cost-explorer';
import type { CostsFound, NotLookedAt } from '../../live/costs/costs-found';
import type { CostsWanted } from '../../live/costs/costs-wanted';
import { estimateStep } from '../../live/costs/estimate-step';
import { estimatedDollars } from '../../live/costs/estimated-dollars';
import { findCosts } from '../../live/costs/find-costs';
import { isUnfinished, judgeCosts, judgeTotal } from '../../live/costs/judge-costs';
import { readStandings } from '../../live/limits/read-standings';
import { requireAccount } from '../../live/require-account';
import { dailyLimitUsd } from '../../plan/application/daily-limit';
import { type AccessPlan, planAccess } from '../../plan/environment/access-plan';
import { COST_TAG, costTag } from '../../plan/names/tag-contract';
import { costDocument } from '../../report/costs/cost-document';
import { costLines } from '../../report/costs/cost-lines';
import { costPage } from '../../report/costs/cost-page';
import type { CostReport } from '../../report/costs/cost-report';
import { costTable } from '../../report/costs/cost-table';
import type { Command } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_PAGE_FLAG } from '../terminal/parse-arguments';

/** Session tags that distinguish people and jobs, under their names on the bill. */
const PRINCIPAL_TAGS = SESSION_TAGS.map((key) => `iamPrincipal/${key}`);

/**
 * Maximum number of applications that get a forecast of their own by default. Each forecast is a request, which costs
 * $0.01. With more applications, only the environment gets a forecast.
 */
const FORECAST_APPLICATIONS = 25;

/** The only Region of Cost Explorer. */
const COST_EXPLORER_REGION = 'us-east-1';

export const costs: Command = {
  name: 'costs',
  summary:
    'compares billed and forecast costs of the month with the budgets; each request to Cost Explorer costs $0.01, and a run sends three and one for each forecast',
  usage: 'ENV',
  positionals: { least: 1, most: 1 },
  examples: [
    ['npx bedrock-access costs dev', 'compares the month so far with each budget, and shows an estimate for today'],
    ['npx bedrock-access costs dev --out costs-dev.html', 'writes one page, with a plot of the last 30 days'],
    [
      'npx bedrock-access costs dev --forecast none --json',
      'leaves out forecasts: 3 requests for any number of applications',
    ],
  ],
  flags: [
    {
      name: 'forecast',
      value: 'WHAT',
      summary: `what to forecast: applications (one request each; the default for up to ${FORECAST_APPLICATIONS}), environment (one request) or none`,
      choices: ['applications', 'environment', 'none'],
    },
    OUT_PAGE_FLAG,
  ],

  async run(args, terminal, { project, cwd, today }) {
    const [name = ''] = args.positionals;
    const { environment } = loadEnvironment({ project, cwd }, name, today);
    const plan = planAccess(environment);
    await requireAccount(plan);
    terminal.progress('asking Cost Explorer');
    const forecast = FORECASTS.find((choice) => choice === args.values['forecast']) ?? defaultForecast(plan);
    const environmentCosts = await readCosts(plan, today, forecast);
    const limits = plan.applications.map((application) => {
      const dailyUsd = dailyLimitUsd(application);
      return {
        application: application.name,
        ...(application.budget !== undefined && { monthlyUsd: application.budget.monthlyUsd }),
        ...(dailyUsd !== undefined && { dailyUsd }),
      };
    });
    const applications = judgeCosts(limits, environmentCosts);
    const all = judgeTotal(plan.billing.budget?.monthlyUsd, applications, environmentCosts);
    const tags = {
      file: environment.file,
      setting: environment.costAllocationTags,
      deniedByBudget: plan.applications.filter(({ limit }) => limit !== undefined).length,
    };
    const standings = await readStandings(plan, today);
    const report: CostReport = { place: plan, applications, all, costs: environmentCosts, limits: standings, tags };
    const above = [...applications, all].some(({ state }) => state === 'above');
    const exitCode = above
      ? EXIT.found
      : isUnfinished(environmentCosts) || 'skipped' in standings
        ? EXIT.unfinished
        : EXIT.clean;
    const document = costDocument(report, exitCode);
    const page = (): string => costPage(report, `npx bedrock-access costs ${plan.environment}`);
    const lines = () => costLines(report, terminal);
    giveResults(args, terminal, cwd, { document, ...costTable(report), page, lines });
    return exitCode;
  },
};

const FORECASTS = ['applications', 'environment', 'none'] as const;

function defaultForecast({ applications }: AccessPlan): CostsWanted['forecast'] {
  return applications.length > FORECAST_APPLICATIONS ? 'environment' : 'applications';
}

/** Reads costs from Cost Explorer and estimates today's dollars from CloudWatch. Each may fail without the other. */
async function readCosts(plan: AccessPlan, today: string, forecast: CostsWanted['forecast']): Promise<CostsFound> {
  const { environment, account } = plan;
  const applications = plan.applications.map((a) => a.name);
  const tagValues = [environment, ...applications.map((application) => costTag(plan, application))];
  const explorer = costExplorer(
    awsPost({ service: 'ce', endpoint: 'COST_EXPLORER', region: COST_EXPLORER_REGION }),
    account,
    COST_TAG,
    tagValues,
  );
  const wanted = { environment, applications, today, costTag: COST_TAG, principalTags: PRINCIPAL_TAGS, forecast };
  const environmentCosts = await findCosts(wanted, explorer);
  try {
    const estimates = await estimatedDollars(plan, today);
    return estimates === undefined
      ? { ...environmentCosts, notLookedAt: [...environmentCosts.notLookedAt, notDeployed(environment)] }
      : { ...environmentCosts, estimates };
  } catch (error) {
    return { ...environmentCosts, notLookedAt: [...environmentCosts.notLookedAt, estimateStep(error)] };
  }
}

function notDeployed(environment: string): NotLookedAt {
  return {
    part: 'estimated today',
    step: 'deployment',
    why: `no parameter below /bedrock-access/${environment} names a profile`,
    next: 'deploy the environment',
  };
}
