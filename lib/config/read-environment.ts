import { z } from 'zod';
import { isJsonMap, type JsonMap } from '../catalog/json-map';
import { ROUTINGS } from '../catalog/routing';
import { checkApplication, checkName, isEmptyMap } from './checks/check-application';
import { checkDenials } from './checks/check-denials';
import { checkFileName, checkModelPatterns, checkRegion, checkTags } from './checks/check-environment';
import { checkTotal } from './checks/check-money';
import { checkNetwork } from './checks/check-network';
import { checkPods } from './checks/check-pods';
import { checkTagActivation } from './checks/check-tag-activation';
import { ConfigError } from './config-error';
import type { Environment } from './environment';
import { environmentSchema, MAX_PATTERNS } from './environment-schema';
import type { LocatedProblem, Path, Problem } from './problem';
import { readYaml } from './read-yaml';
import { checkShape } from './shape-problems';

/** A valid environment and the warnings about it. */
export interface CheckedEnvironment {
  readonly environment: Environment;
  readonly warnings: readonly LocatedProblem[];
}

/**
 * Reads and checks one environment file.
 *
 * @param file path to show in messages; in `environments/`, the file must have the environment's name
 * @param today day for which the lifecycle of models is judged, as `YYYY-MM-DD`
 * @throws ConfigError with every problem of the file, sorted by position, when one of them is an error
 */
export function readEnvironment(file: string, bytes: Uint8Array, today: string): CheckedEnvironment {
  const yaml = readYaml(file, bytes);
  if (yaml.problems.length > 0 && yaml.value === undefined) {
    throw new ConfigError(file, yaml.problems);
  }
  if (typeof yaml.value !== 'object' || yaml.value === null || Array.isArray(yaml.value)) {
    const content =
      yaml.value === null
        ? 'the file is empty'
        : `the file is ${Array.isArray(yaml.value) ? 'a list' : 'a single value'}`;
    throw new ConfigError(file, [
      yaml.locate({
        path: [],
        message: `${content}; an environment file is a map that begins with name:, account: and region:`,
      }),
    ]);
  }
  const shape = checkShape(yaml.value, yaml.written);
  const located = [...shape.problems, ...checkMeaning(file, shape.value as JsonMap, today)].map((problem) =>
    yaml.locate({ ...problem, path: shape.asWritten(problem.path) }),
  );
  const problems = unique([...yaml.problems, ...located]).sort((a, b) => a.line - b.line || a.column - b.column);
  if (problems.some((p) => p.severity === 'error')) {
    throw new ConfigError(file, problems);
  }
  const config = environmentSchema.parse(shape.value);
  const lineOf = (path: Path): number => yaml.locate({ path: shape.asWritten(path), at: 'key', message: '' }).line;
  const aliasLines = Object.fromEntries(
    Object.entries(config.applications).flatMap(([application, { models }]) =>
      Object.keys(models).map((alias) => [
        `${application}/${alias}`,
        lineOf(['applications', application, 'models', alias]),
      ]),
    ),
  );
  return { environment: { ...config, file, aliasLines }, warnings: problems };
}

const limitsSchema = z.object({
  monthlyUsd: z.number().optional().catch(undefined),
  models: z.array(z.string().max(100)).max(MAX_PATTERNS).optional().catch(undefined),
  routing: z.array(z.enum(ROUTINGS)).optional().catch(undefined),
});

/** Checks the meaning of the parts of an environment together, as far as each part can be read. */
function checkMeaning(file: string, value: JsonMap, today: string): readonly Problem[] {
  const limits = limitsSchema.safeParse(value['limits'] ?? {}).data ?? {};
  const region = typeof value['region'] === 'string' ? value['region'] : undefined;
  const regionProblems = region === undefined ? [] : checkRegion(['region'], region);
  const account = environmentSchema.shape.account.safeParse(value['account']).data;
  const context = {
    today,
    ...(region !== undefined && regionProblems.length === 0 && { region }),
    ...(account !== undefined && { account }),
    ...(limits.models !== undefined && { allowedModels: limits.models }),
    ...(limits.routing !== undefined && { allowedRouting: limits.routing }),
  };
  const name = environmentSchema.shape.name.safeParse(value['name']).data;
  const tags = isJsonMap(value['tags']) ? Object.keys(value['tags']) : [];
  const required = environmentSchema.shape.requiredTags.safeParse(value['requiredTags']).data ?? [];
  const applications = Object.entries(isJsonMap(value['applications']) ? value['applications'] : {});
  const maps = applications.filter((entry): entry is [string, JsonMap] => isJsonMap(entry[1]));
  const budgets = applications.map(([, a]) =>
    isJsonMap(a) && isJsonMap(a['budget']) ? a['budget']['monthlyUsd'] : undefined,
  );

  return [
    ...(name === undefined ? [] : checkFileName(file, name)),
    ...regionProblems,
    ...checkTags(tags, required),
    ...checkModelPatterns(limits.models ?? []),
    ...checkNetwork(value['network']),
    ...(limits.monthlyUsd === undefined
      ? []
      : checkTotal(
          budgets.filter((b) => typeof b === 'number'),
          limits.monthlyUsd,
        )),
    ...(isEmptyMap(value['applications'])
      ? [{ path: ['applications'], message: 'must name at least one application' }]
      : []),
    ...checkDenials(maps),
    ...checkPods(maps),
    ...checkTagActivation(value, maps),
    ...applications.flatMap(([application, a]) => [
      ...checkName(['applications', application], 'application', application),
      ...(isJsonMap(a) ? checkApplication(['applications', application], a, context) : []),
    ]),
  ];
}

function unique(problems: readonly LocatedProblem[]): readonly LocatedProblem[] & LocatedProblem[] {
  const byText = new Map(problems.map((p) => [`${p.line}:${p.column}:${p.message}`, p]));
  return [...byText.values()];
}
