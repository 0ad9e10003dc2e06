import type { ServiceTier } from '../../../lambda/aliases/service-tiers';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { policyArn } from '../names/arns';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import type { GenerationPlan } from '../parts/generation-plan';
import type { PolicyPlan, RolePlan } from '../parts/role-plan';
import { INVOKE_ACTIONS, type Statement } from '../parts/statement';
import type { GuardrailPlan } from './grant';

/** The parts of an application's plan that decide the conditions of its calls. */
interface ConditionedApplication {
  readonly generations: readonly GenerationPlan[];
  readonly guardrail: GuardrailPlan | undefined;
  readonly tiers: readonly ServiceTier[];
  readonly roles: readonly RolePlan[];
}

/**
 * Decides the policy that roles with further policies have besides. The grants of an application set its guardrail and
 * its service tiers as conditions of what they allow. A further policy may allow the same calls without conditions, so
 * here they are denied. Only roles of the application have this policy, so it need not name profiles.
 *
 * Both keys are absent in some requests. `StringNotEquals` is true without its key, so a call without a guardrail is
 * denied; with `Null` beside it, a call that names no tier is not.
 */
export function planConditions(
  place: Place,
  application: string,
  { generations, guardrail, tiers, roles }: ConditionedApplication,
): PolicyPlan | undefined {
  if (roles.every(({ furtherPolicyArns }) => furtherPolicyArns === undefined)) {
    return undefined;
  }
  const chat = generations.filter(({ kind }) => kind === 'chat').map(({ modelId }) => modelId);
  const guarded: Statement | undefined = guardrail && {
    Sid: 'OnlyWithTheGuardrail',
    Effect: 'Deny',
    Action: INVOKE_ACTIONS,
    Resource: [...new Set(chat)].map((id) => foundationModelArn(place.partition, '*', id)),
    Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': `${guardrail.arn}:${guardrail.version}` } },
  };
  const name = physicalName([place.environment, application, 'conditions']);
  return {
    name,
    arn: policyArn(place, name),
    statements: [
      {
        Sid: 'NoOtherTiers',
        Effect: 'Deny',
        Action: INVOKE_ACTIONS,
        Resource: ['*'],
        Condition: {
          Null: { 'bedrock:ServiceTier': 'false' },
          StringNotEquals: { 'bedrock:ServiceTier': tiers },
        },
      },
      ...(guarded === undefined || chat.length === 0 ? [] : [guarded]),
    ],
  };
}
