import { findModel, MODEL_IDS, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { lifecycleOn } from '../../catalog/lifecycle';
import { ROUTINGS, type Routing } from '../../catalog/routing';
import { unpricedTokens } from '../../catalog/unpriced-tokens';
import type { Path, Problem } from '../problem';
import { type ModelContext, matchesModel } from './check-models';

/** Number of priced models that a message names. */
const MAX_CANDIDATES = 3;

/**
 * Finds the models of an application at `path` whose price is not known although a limit of the application needs it.
 *
 * The daily dollars are tokens times list prices. Calls without a price are missing from them, so a limit would not be
 * one. Both generations of an alias can be called, so both need a price.
 */
export function checkPrices(path: Path, application: JsonMap, context: ModelContext): readonly Problem[] {
  const limits = limitsOf(application);
  const { region } = context;
  const aliases = isJsonMap(application['models']) ? Object.entries(application['models']) : [];
  if (limits === undefined || region === undefined) {
    return [];
  }
  return aliases.flatMap(([alias, generation]) => {
    const at = [...path, 'models', alias];
    const previous = isJsonMap(generation) ? generation['previous'] : undefined;
    return [
      ...checkGeneration(at, generation, limits, { ...context, region }),
      ...checkGeneration([...at, 'previous'], previous, limits, { ...context, region }),
    ];
  });
}

interface Limits {
  readonly limits: string;
  /** The change that removes the limits. */
  readonly without: string;
}

function limitsOf({ alarms, budget }: JsonMap): Limits | undefined {
  const daily = isJsonMap(alarms) && alarms['dailyUsd'] !== undefined;
  const denies = isJsonMap(budget) && budget['atLimit'] === 'deny';
  if (daily && denies) {
    return {
      limits: 'alarms.dailyUsd and atLimit: deny',
      without: "remove alarms.dailyUsd and write atLimit: 'notify'",
    };
  }
  return daily
    ? { limits: 'alarms.dailyUsd', without: 'remove alarms.dailyUsd' }
    : denies
      ? { limits: 'atLimit: deny', without: "write atLimit: 'notify'" }
      : undefined;
}

type PriceContext = ModelContext & { readonly region: string };

function checkGeneration(
  path: Path,
  generation: unknown,
  { limits, without }: Limits,
  context: PriceContext,
): readonly Problem[] {
  const { region, today } = context;
  const id = isJsonMap(generation) ? generation['model'] : undefined;
  const model = typeof id === 'string' ? findModel(id) : undefined;
  const routing = ROUTINGS.find((r) => isJsonMap(generation) && r === generation['routing']);
  if (
    model === undefined ||
    routing === undefined ||
    !routingsFrom(model, region).includes(routing) ||
    lifecycleOn(model, today).stage === 'retired' ||
    unpricedTokens(model, routing, region).length === 0
  ) {
    return [];
  }
  const unpriced = unpricedTokens(model, routing, region);
  const candidates = pricedModels(model, routing, context);
  const choice =
    candidates.length === 0
      ? '; no similar model that the file permits has a price here'
      : `, or choose a model with a price: ${candidates.join(', ')}`;
  return [
    {
      path: [...path, 'model'],
      message: `the price of ${unpriced.join(' and ')} of '${model.modelId}' with routing '${routing}' in ${region} is not known, so ${limits} cannot count its calls; ${without}${choice}`,
    },
  ];
}

/**
 * Lists similar models with a price, as they are written in the file: first the model itself with another routing, then
 * models of its family, then others of its provider. Only what the file's own limits permit is listed.
 */
function pricedModels(
  model: FoundationModel,
  routing: Routing,
  { region, today, allowedModels, allowedRouting }: PriceContext,
): readonly string[] {
  const nearness = (other: FoundationModel): number =>
    other.modelId === model.modelId ? 0 : other.family === model.family ? 1 : 2;
  return MODEL_IDS.map(findModel)
    .filter((other) => other !== undefined)
    .filter((other) => other.provider === model.provider && other.kind === model.kind && other.runtime)
    .filter((other) => lifecycleOn(other, today).stage === 'active')
    .filter(({ modelId }) => allowedModels?.some((pattern) => matchesModel(pattern, modelId)) ?? true)
    .flatMap((other) => {
      const routings = routingsFrom(other, region)
        .filter((r) => allowedRouting?.includes(r) ?? true)
        .filter((r) => unpricedTokens(other, r, region).length === 0);
      // The routing decides where a call may be processed, so the one that was chosen is preferred.
      const best = routings.includes(routing) ? routing : routings[0];
      return best === undefined ? [] : [{ other, best }];
    })
    .sort((a, b) => nearness(a.other) - nearness(b.other))
    .slice(0, MAX_CANDIDATES)
    .map(({ other, best }) => `${other.modelId} (routing ${best})`);
}
