import { closestModelIds, findModel, routingsFrom } from '../catalog/catalog';
import type { FoundationModel } from '../catalog/foundation-model';
import { lifecycleOn, successorOf } from '../catalog/lifecycle';
import { ROUTINGS, type Routing } from '../catalog/routing';
import type { Path, Problem } from './problem';

/** What a model is checked against; a part that is itself wrong is absent, and then not checked against. */
export interface ModelContext {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  readonly region?: string;
  readonly allowedModels?: readonly string[];
  readonly allowedRouting?: readonly Routing[];
}

/** Everything wrong with one model and how it is to be called, at `path`. A `routing` that is itself wrong is absent. */
export function checkModel(
  path: Path,
  modelId: string,
  routing: Routing | undefined,
  context: ModelContext,
): readonly Problem[] {
  const model = findModel(modelId);
  if (model === undefined) {
    return [unknownModel([...path, 'model'], modelId)];
  }
  return [
    ...checkLifecycle([...path, 'model'], model, context),
    ...checkRouting(path, model, routing, context),
    ...checkLimits(path, modelId, routing, context),
  ];
}

function unknownModel(path: Path, modelId: string): Problem {
  const prefix = ROUTINGS.find(
    (r) => modelId.startsWith(`${r}.`) && findModel(modelId.slice(r.length + 1)) !== undefined,
  );
  if (prefix !== undefined) {
    const bare = modelId.slice(prefix.length + 1);
    return { path, message: `'${modelId}' is an inference profile; write model: ${bare} and routing: ${prefix}` };
  }
  const [nearest, ...others] = closestModelIds(modelId);
  const hint =
    nearest === undefined
      ? '; model ids look like anthropic.claude-sonnet-4-6'
      : `; did you mean '${nearest}'?${others.length === 0 ? '' : ` (or ${others.map((id) => `'${id}'`).join(', ')})`}`;
  return { path, message: `'${modelId}' is not a model this catalog knows${hint}` };
}

function checkLifecycle(path: Path, model: FoundationModel, { today, region }: ModelContext): readonly Problem[] {
  const stage = lifecycleOn(model, today);
  if (stage.stage === 'active') {
    return [];
  }
  const successor = region === undefined ? undefined : successorOf(model, region, today);
  const next =
    successor === undefined
      ? 'this catalog knows no successor from here; choose another model'
      : `use '${successor.modelId}'`;
  const on = (date: string | undefined, before: string): string => (date === undefined ? '' : `${before}${date}`);
  switch (stage.stage) {
    case 'retired':
      return [{ path, message: `'${model.modelId}' was retired${on(stage.since, ' on ')}; ${next}` }];
    case 'legacy':
      return [
        {
          path,
          severity: 'warning',
          message: `'${model.modelId}' is legacy${on(stage.since, ' since ')}${on(stage.endOfLife, ' and ends on ')}; ${next}`,
        },
      ];
    default:
      return [
        {
          path,
          severity: 'warning',
          message: `'${model.modelId}' is said to have ended on ${stage.since} (second hand, not from AWS); ${next}`,
        },
      ];
  }
}

function checkRouting(
  path: Path,
  model: FoundationModel,
  routing: Routing | undefined,
  { today, region }: ModelContext,
): readonly Problem[] {
  if (region === undefined || lifecycleOn(model, today).stage === 'retired') {
    return [];
  }
  if (!model.runtime) {
    return [
      {
        path: [...path, 'model'],
        message: `'${model.modelId}' is served by bedrock-mantle alone, where profiles do not work`,
      },
    ];
  }
  const offered = routingsFrom(model, region);
  if (routing !== undefined && offered.includes(routing)) {
    return [];
  }
  if (offered.length === 0) {
    return [{ path: [...path, 'model'], message: `'${model.modelId}' is not offered from ${region} with any routing` }];
  }
  if (routing === undefined) {
    return [];
  }
  const choice = `set routing to ${offered.length === 1 ? '' : 'one of '}${offered.join(', ')}`;
  return [
    {
      path: [...path, 'routing'],
      message:
        routing === 'regional'
          ? `'${model.modelId}' cannot be called on demand in ${region}; ${choice}`
          : `'${model.modelId}' has no '${routing}' profile in ${region}; ${choice}`,
    },
  ];
}

function checkLimits(
  path: Path,
  modelId: string,
  routing: Routing | undefined,
  context: ModelContext,
): readonly Problem[] {
  const { allowedModels, allowedRouting } = context;
  const problems: Problem[] = [];
  if (allowedModels !== undefined && !allowedModels.some((pattern) => matchesModel(pattern, modelId))) {
    problems.push({
      path: [...path, 'model'],
      message: `'${modelId}' is outside limits.models (${allowedModels.join(', ')}); choose a model inside or have the limit changed`,
    });
  }
  if (allowedRouting !== undefined && routing !== undefined && !allowedRouting.includes(routing)) {
    problems.push({
      path: [...path, 'routing'],
      message: `'${routing}' is outside limits.routing (${allowedRouting.join(', ')}); choose one inside or have the limit changed`,
    });
  }
  return problems;
}

/** Whether a model id fits a pattern of `limits.models`, in which `*` stands for any characters. */
export function matchesModel(pattern: string, modelId: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) {
    return modelId === pattern;
  }
  let from = first.length;
  for (const part of rest) {
    const at = modelId.indexOf(part, from);
    if (at === -1) {
      return false;
    }
    from = at + part.length;
  }
  return modelId.startsWith(first) && modelId.endsWith(last) && modelId.length >= from + last.length;
}
