import { parameterPages } from '../../../aws/services/parameter-pages';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { limitParameterName } from '../../plan/names/names';
import { AwsFailure, callAws } from '../aws-failure';
import { awsPost } from '../aws-post';
import { type LimitStanding, readStanding } from './limit-standing';

/** The standing of one application that can be denied. */
export type ApplicationStanding = LimitStanding & { readonly application: string };

/** The standings of all applications with `atLimit: deny`, or the reason why they were not looked at. */
export type LimitStandings = { readonly standings: readonly ApplicationStanding[] } | { readonly skipped: string };

/** Maximum number of pages that are read. Each has ten parameters. */
const MAX_PAGES = 1_000;

/** Maximum time for one page, in milliseconds. */
const PAGE_MILLISECONDS = 20_000;

/**
 * Reads who is denied at the moment, from the parameters that the limit function writes. A refusal is returned and not
 * thrown, so that a command still shows the rest.
 *
 * @param today the current day in UTC
 */
export async function readStandings(
  plan: Pick<AccessPlan, 'environment' | 'region' | 'applications'>,
  today: string,
): Promise<LimitStandings> {
  const limited = plan.applications.filter(({ limit }) => limit !== undefined);
  if (limited.length === 0) {
    return { standings: [] };
  }
  const path = limitParameterName(plan.environment);
  try {
    const values = await callAws(`read ${path} (ssm:GetParametersByPath)`, () => readValues(path, plan.region));
    return {
      standings: limited.map(({ name: application }) => ({
        application,
        ...(values.has(`${path}/${application}`)
          ? readStanding(values.get(`${path}/${application}.state`), today)
          : { standing: 'not deployed' as const }),
      })),
    };
  } catch (error) {
    if (error instanceof AwsFailure) {
      return { skipped: error.message };
    }
    throw error;
  }
}

async function readValues(path: string, region: string): Promise<ReadonlyMap<string, string>> {
  const readPage = parameterPages(awsPost({ service: 'ssm', endpoint: 'SSM', region }));
  const values = new Map<string, string>();
  let token: string | undefined;
  for (let page = 0; page === 0 || token !== undefined; page++) {
    if (page === MAX_PAGES) {
      throw new Error(`there are more than ${MAX_PAGES} pages of parameters`);
    }
    const { parameters, nextToken } = await readPage(path, token, AbortSignal.timeout(PAGE_MILLISECONDS));
    for (const { name, value } of parameters) {
      values.set(name, value);
    }
    token = nextToken;
  }
  return values;
}
