import { closestModelIds, findModel, routingsFrom } from '../../catalog/catalog';
import type { FoundationModel } from '../../catalog/foundation-model';
import { lifecycleOn, successorOf } from '../../catalog/lifecycle';
import { optInOf } from '../../catalog/opt-ins';
import { ROUTINGS, type Routing } from '../../catalog/routing';
import { meantHint } from '../../spelling/did-you-mean';
import type { Path, Problem } from '../problem';
import { listed, lookAlike, quoted } from '../quoted';

/**
 * Values of the environment file that decide which models are allowed. An invalid value is absent and checks nothing.
 */
export interface ModelContext {
  /** The day for which the lifecycle of models is judged, as `YYYY-MM-DD`. */
  readonly today: string;
  readonly region?: string;
  readonly allowedModels?: readonly string[];
  readonly allowedRouting?: readonly Routing[];
}

/**
 * Finds every problem with the model at `path` and its routing. `routing` is `undefined` if the file's value is
 * invalid.
 */
export function checkModel(
  path: Path,
  modelId: string,
  routing: Routing | undefined,
  context: ModelContext,
): readonly Problem[] {
  const model = findModel(modelId);
  if (model === undefined) {
    return [unknownModel([...path, 'model'], modelId, context.today)];
  }
  return [
    ...checkLifecycle([...path, 'model'], model, context),
    ...checkOptIn([...path, 'model'], modelId, context),
    ...checkRouting(path, model, routing, context),
    ...checkLimits(path, modelId, context),
  ];
}

function unknownModel(path: Path, modelId: string, today: string): Problem {
  const idInArn = modelId.slice(modelId.lastIndexOf('/') + 1);
  if (idInArn !== modelId && findModel(idInArn) !== undefined) {
    return { path, message: `${quoted(modelId)} is an ARN; write model: ${idInArn}` };
  }
  const prefix = ROUTINGS.find(
    (r) => modelId.startsWith(`${r}.`) && findModel(modelId.slice(r.length + 1)) !== undefined,
  );
  if (prefix !== undefined) {
    const bare = modelId.slice(prefix.length + 1);
    return { path, message: `'${modelId}' is an inference profile; write model: ${bare} and routing: ${prefix}` };
  }
  const [nearest, ...others] = closestModelIds(modelId).filter((id) => isUsable(findModel(id), today));
  const hint = meantHint(nearest, '; model ids look like anthropic.claude-sonnet-4-6');
  const more = others.length === 0 ? '' : ` (or ${others.map((id) => `'${id}'`).join(', ')})`;
  return { path, message: `${quoted(modelId)} is not a model in the catalog${lookAlike(modelId)}${hint}${more}` };
}

function isUsable(model: FoundationModel | undefined, today: string): boolean {
  return model?.runtime === true && lifecycleOn(model, today).stage !== 'retired';
}

function checkLifecycle(path: Path, model: FoundationModel, { today, region }: ModelContext): readonly Problem[] {
  const stage = lifecycleOn(model, today);
  if (stage.stage === 'active') {
    return [];
  }
  const successor = region === undefined ? undefined : successorOf(model, region, today);
  const next =
    successor === undefined
      ? 'the catalog has no successor for this Region; choose another model'
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
          message: `'${model.modelId}' is reported to have ended on ${stage.since} (not confirmed by AWS); ${next}`,
        },
      ];
  }
}

/** Warns of a model that answers only after a step that nobody can take in the file. */
function checkOptIn(path: Path, modelId: string, { region = 'REGION' }: ModelContext): readonly Problem[] {
  const optIn = optInOf(modelId);
  if (optIn === undefined) {
    return [];
  }
  if (optIn.kind === 'eligible customers') {
    return [
      {
        path,
        severity: 'warning',
        message: `'${modelId}' is offered to eligible customers alone; ask the AWS account team for access before you deploy, or choose another model`,
      },
    ];
  }
  const [mode, ...others] = optIn.modes;
  return [
    {
      path,
      severity: 'warning',
      message: `'${modelId}' answers only if the account's data retention mode in ${region} is ${[mode, ...others].join(' or ')}, so that prompts are kept; have an administrator run aws bedrock put-account-data-retention --mode ${mode} --region ${region}, which holds for all calls of the account there, or choose another model`,
    },
  ];
}

function checkRouting(
  path: Path,
  model: FoundationModel,
  routing: Routing | undefined,
  { today, region, allowedRouting }: ModelContext,
): readonly Problem[] {
  if (region === undefined || lifecycleOn(model, today).stage === 'retired') {
    return checkAllowedRouting(path, routing, allowedRouting, allowedRouting);
  }
  if (!model.runtime) {
    const [other] = closestModelIds(model.modelId).filter((id) => isUsable(findModel(id), today));
    const hint = meantHint(other, '; choose another model');
    return [
      {
        path: [...path, 'model'],
        message: `'${model.modelId}' is served only by bedrock-mantle, which does not support profiles${hint}`,
      },
    ];
  }
  const offered = routingsFrom(model, region);
  if (offered.length === 0) {
    const other = successorOf(model, region, today);
    const hint = other === undefined ? '' : `, such as '${other.modelId}'`;
    return [
      {
        path: [...path, 'model'],
        message: `'${model.modelId}' cannot be called from ${region} with any routing; choose another model${hint}`,
      },
    ];
  }
  if (routing === undefined) {
    return [];
  }
  const allowedHere = offered.filter((r) => allowedRouting?.includes(r) ?? true);
  if (offered.includes(routing)) {
    return checkAllowedRouting(path, routing, allowedRouting, allowedHere);
  }
  const choice =
    allowedHere.length === 0
      ? `its routings here (${offered.join(', ')}) are not in limits.routing (${allowedRouting?.join(', ')}); choose another model, or have the limit changed`
      : `set routing to ${allowedHere.length === 1 ? '' : 'one of '}${allowedHere.join(', ')}`;
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

/**
 * Checks a routing against `limits.routing`.
 *
 * @param allowedHere routings of the model in this Region that the limit allows
 */
function checkAllowedRouting(
  path: Path,
  routing: Routing | undefined,
  allowed: readonly Routing[] | undefined,
  allowedHere: readonly Routing[] | undefined,
): readonly Problem[] {
  if (routing === undefined || allowed === undefined || allowed.includes(routing)) {
    return [];
  }
  const choice =
    allowedHere === undefined || allowedHere.length === 0
      ? 'this model has no allowed routing here; choose another model'
      : `choose ${allowedHere.join(' or ')}`;
  return [
    {
      path: [...path, 'routing'],
      message: `'${routing}' is not in limits.routing (${allowed.join(', ')}); ${choice}, or have the limit changed`,
    },
  ];
}

function checkLimits(path: Path, modelId: string, { allowedModels }: ModelContext): readonly Problem[] {
  return allowedModels === undefined || allowedModels.some((pattern) => matchesModel(pattern, modelId))
    ? []
    : [
        {
          path: [...path, 'model'],
          message: `'${modelId}' is not in limits.models (${listed(allowedModels)}); choose an allowed model, or have the limit changed`,
        },
      ];
}

/** Returns true when a model id matches a pattern of `limits.models`, in which `*` stands for any characters. */
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
