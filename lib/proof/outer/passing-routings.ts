import type { Account } from '../../account/account';
import type { Guardrail } from '../../account/invoke-checks';
import { destinationRegions, findModel, MODEL_IDS, routingsFrom } from '../../catalog/catalog';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import type { Routing } from '../../catalog/routing';
import { matchesModel } from '../../config/checks/check-models';
import type { AccessRequest } from '../../iam/match/access-request';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';
import type { ModelLimits } from './outer-policies';

/** Decides whether the policies outside the templates let a request pass. */
export type Passes = (request: AccessRequest) => boolean;

/** A call of the application, whose model or routing is to be changed. */
export interface Call {
  readonly account: Account;
  readonly modelId: string;
  /** ARN of the application profile. A profile over another model would have another id. */
  readonly profileArn: string;
  readonly context: AccessRequest['context'];
  readonly guardrail?: Guardrail;
  /** @default - every model and routing may be chosen */
  readonly limits?: ModelLimits;
}

/** Lists the routings of a model with which calls through an application profile pass the policies. */
export function passingRoutings(call: Call, modelId: string, passes: Passes): readonly Routing[] {
  const { account, profileArn, context, guardrail, limits } = call;
  const model = findModel(modelId);
  if (model === undefined) {
    return [];
  }
  const routings = routingsFrom(model, account.region).filter((r) => limits?.routing?.includes(r) ?? true);
  return routings.filter((routing) =>
    destinationRegions(model, routing, account.region).every((region) =>
      INVOKE_ACTIONS.every((action) =>
        passes({
          action,
          resource: foundationModelArn(account.partition, region, modelId),
          context: {
            ...context,
            'aws:RequestedRegion': [region === '' ? 'unspecified' : region],
            'bedrock:InferenceProfileArn': [profileArn],
            ...(guardrail !== undefined &&
              model.kind === 'chat' && { 'bedrock:GuardrailIdentifier': [guardrail.identifier] }),
          },
        }),
      ),
    ),
  );
}

const MOST_MODELS = 3;

/**
 * Lists some models of the same kind whose calls pass, those of the same provider first, as `MODEL (ROUTING)`. Models
 * that pass over `global` alone are named only if no others do, because such calls may be answered in any Region.
 */
export function passingModels(call: Call, passes: Passes): readonly string[] {
  const within = someModels(call, (id) => passingRoutings(call, id, passes).filter((r) => r !== 'global'));
  return within.length > 0 ? within : someModels(call, (id) => passingRoutings(call, id, passes));
}

function someModels(call: Call, routingsOf: (id: string) => readonly Routing[]): readonly string[] {
  const own = findModel(call.modelId);
  const permitted = call.limits?.models;
  const candidates = MODEL_IDS.filter((id) => {
    const model = findModel(id);
    const isUsable = model?.kind === own?.kind && model?.runtime && model.lifecycle.status === 'ACTIVE';
    return id !== call.modelId && isUsable && (permitted?.some((pattern) => matchesModel(pattern, id)) ?? true);
  });
  const provider = (id: string): string => id.split('.')[0] ?? '';
  const near = candidates.filter((id) => provider(id) === provider(call.modelId));
  const found: string[] = [];
  for (const id of [...near, ...candidates.filter((c) => !near.includes(c))]) {
    const [routing] = found.length < MOST_MODELS ? routingsOf(id) : [];
    if (routing !== undefined) {
      found.push(`${id} (${routing})`);
    }
  }
  return found;
}
