import { findModel } from '../../catalog/catalog';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { ROUTINGS, type Routing } from '../../catalog/routing';
import { NAME, NAME_FORM, NAME_LIMITS } from '../environment-schema';
import { checkPrincipal } from '../principals/check-principals';
import { checkFurtherPolicies, generationsIn } from '../principals/further-policies';
import { PRINCIPAL_KINDS, principalName, principalSchema } from '../principals/principal-schema';
import type { Path, Problem } from '../problem';
import { lookAlike, quoted } from '../quoted';
import { checkModel, type ModelContext } from './check-models';
import { checkBudget } from './check-money';
import { checkPrices } from './check-prices';
import { checkTiers } from './check-tiers';

export interface ApplicationContext extends ModelContext {
  readonly account?: string;
}

/**
 * Names of an environment's own stacks and dashboards. An application's stack and dashboard have the application's
 * name.
 */
const RESERVED = /^(foundation|billing(-\d+)?|network|overview(-\d+)?|alerts-[0-9a-f])$/;

/**
 * Maximum number of alias generations in an application. Their policies must fit into the ten managed policies that a
 * role can have (IAM quotas). A test checks this number with the longest names.
 */
export const MAX_GENERATIONS = 30;

const entries = (value: unknown): readonly [string, JsonMap][] =>
  isJsonMap(value)
    ? Object.entries(value).filter((e): e is [string, JsonMap] => typeof e[1] === 'object' && e[1] !== null)
    : [];

/** Every JavaScript object has a property of this name, so the CDK takes a construct of this name for one that exists. */
export const NOT_A_CONSTRUCT = 'constructor';

export function notAConstruct(kind: 'environment' | 'application' | 'alias'): string {
  return `the CDK cannot make a construct called '${NOT_A_CONSTRUCT}'; choose another name for the ${kind}`;
}

/** Checks a name that becomes part of names in AWS. */
export function checkName(path: Path, kind: 'application' | 'alias', name: string): readonly Problem[] {
  if (!NAME.test(name)) {
    return [
      {
        path,
        at: 'key',
        message: `the ${kind} name ${quoted(name)}${lookAlike(name)} must be ${NAME_FORM}, because it becomes part of ARNs and names in AWS`,
      },
    ];
  }
  if (name.length > NAME_LIMITS[kind]) {
    return [
      {
        path,
        at: 'key',
        message: `the ${kind} name ${quoted(name)} has ${name.length} characters; use at most ${NAME_LIMITS[kind]}, because it becomes part of names in AWS`,
      },
    ];
  }
  if (name === NOT_A_CONSTRUCT) {
    return [{ path, at: 'key', message: notAConstruct(kind) }];
  }
  return kind === 'application' && RESERVED.test(name)
    ? [
        {
          path,
          at: 'key',
          message: `'${name}' is the name of a stack or dashboard of the environment itself; choose another name for the application`,
        },
      ]
    : [];
}

/**
 * Finds every problem in the meaning of the application at `path`. Parts of the value may have the wrong shape: each
 * part is checked as far as it can be read, so that one run shows all problems.
 */
export function checkApplication(path: Path, application: JsonMap, context: ApplicationContext): readonly Problem[] {
  const budget = application['budget'];
  return [
    ...checkModels([...path, 'models'], application, context),
    ...checkPrices(path, application, context),
    ...checkPrincipals([...path, 'principals'], application, context),
    ...checkTiers([...path, 'tiers'], application['tiers']),
    ...(isJsonMap(budget) ? checkBudget([...path, 'budget'], listsOf(budget)) : []),
    ...('budget' in application
      ? []
      : [
          {
            path,
            severity: 'warning' as const,
            at: 'key' as const,
            message: 'has no budget; add budget: to be notified of spending',
          },
        ]),
  ];
}

function listsOf(budget: JsonMap) {
  const list = (key: string): readonly unknown[] => (Array.isArray(budget[key]) ? budget[key] : []);
  return { alerts: list('alerts'), forecast: list('forecast'), notify: list('notify') };
}

function checkModels(path: Path, application: JsonMap, context: ModelContext): readonly Problem[] {
  const aliases = entries(application['models']);
  const generations = generationsIn(application['models']);
  const problems: Problem[] = aliases.flatMap(([name, alias]) => [
    ...checkName([...path, name], 'alias', name),
    ...checkAlias([...path, name], alias, 'guardrail' in application, context),
  ]);
  if (isEmptyMap(application['models'])) {
    problems.push({
      path,
      message: 'must name at least one model, such as main: { model: amazon.nova-lite-v1:0, routing: regional }',
    });
  }
  if (generations > MAX_GENERATIONS) {
    problems.push({
      path,
      message: `${generations} models (previous ones included) are too many; the policies of at most ${MAX_GENERATIONS} fit on one role, so split the application`,
    });
  }
  return problems;
}

export function isEmptyMap(value: unknown): boolean {
  return isJsonMap(value) && Object.keys(value).length === 0;
}

function checkAlias(path: Path, alias: JsonMap, guarded: boolean, context: ModelContext): readonly Problem[] {
  const previous = alias['previous'] as JsonMap | undefined;
  const problems: Problem[] = [...checkGeneration(path, alias, context)];
  if (previous === undefined) {
    if (alias['serve'] === 'previous') {
      problems.push({
        path: [...path, 'serve'],
        message: "there is no previous generation to serve; add previous: or write 'current'",
      });
    }
  } else if (typeof previous === 'object' && previous !== null) {
    problems.push(...checkGeneration([...path, 'previous'], previous, context));
    if (previous['model'] === alias['model'] && previous['routing'] === alias['routing']) {
      problems.push({
        path: [...path, 'previous'],
        message: 'has the same model and routing as the alias itself; remove it',
      });
    }
  }
  if (guarded && typeof alias['model'] === 'string' && findModel(alias['model'])?.kind === 'embedding') {
    problems.push({
      path: [...path, 'model'],
      severity: 'warning',
      message: 'an embedding model does not support guardrails, so this alias is called without one',
    });
  }
  return problems;
}

function checkGeneration(path: Path, generation: JsonMap, context: ModelContext): readonly Problem[] {
  const { model, routing } = generation;
  const known = ROUTINGS.find((r) => r === routing) satisfies Routing | undefined;
  return typeof model === 'string' ? checkModel(path, model, known, context) : [];
}

function checkPrincipals(
  path: Path,
  application: JsonMap,
  { account, region }: ApplicationContext,
): readonly Problem[] {
  const { principals, models } = application;
  const generations = generationsIn(models);
  // IAM and GitHub treat these names as case-insensitive.
  const seen = new Set<string>();
  return (Array.isArray(principals) ? principals : []).flatMap((value, i): readonly Problem[] => {
    const kinds = isJsonMap(value) ? PRINCIPAL_KINDS.filter((k) => k in value) : [];
    const [kind] = kinds;
    if (!isJsonMap(value) || kind === undefined || kinds.length > 1) {
      return [];
    }
    const read = principalSchema.safeParse(value).data;
    const name = read && principalName(read);
    const duplicates =
      name !== undefined && seen.has(name.toLowerCase())
        ? [{ path: [...path, i], message: `${quoted(name)} is listed twice; remove one entry` }]
        : [];
    if (name !== undefined) {
      seen.add(name.toLowerCase());
    }
    return [
      ...duplicates,
      ...checkPrincipal([...path, i], kind, value, account),
      ...checkFurtherPolicies([...path, i], value, { account, region, generations }),
    ];
  });
}
