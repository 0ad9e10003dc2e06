import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { inAnyRegion } from './arns';
import { boundaryIntent } from './boundary-intent';
import { INVOKE, type IntendedStatement } from './intent-policy';

/**
 * States what a role with further policies may do: what the boundary allows, and calls of models only with the
 * application's service tiers and, for chat, with its guardrail. A call that names no tier gets the default one.
 */
export function conditionedIntent(plan: AccessPlan, application: ApplicationPlan): Policy {
  const { name, guardrail, tiers, generations } = application;
  const boundary = boundaryIntent(plan, `${plan.environment}/${name}`);
  const { Statement } = boundary.document as { readonly Statement: readonly IntendedStatement[] };
  const models = [...new Set(generations.filter((g) => g.kind === 'chat').map((g) => g.modelId))];
  const conditions: readonly IntendedStatement[] = [
    {
      Sid: `no calls of ${name} with a service tier that the file does not name`,
      Effect: 'Deny',
      Action: INVOKE,
      Resource: ['*'],
      Condition: { StringNotEquals: { 'bedrock:ServiceTier': tiers }, Null: { 'bedrock:ServiceTier': 'false' } },
    },
    ...(guardrail === undefined || models.length === 0
      ? []
      : [
          {
            Sid: `no calls of ${name} without its guardrail`,
            Effect: 'Deny' as const,
            Action: INVOKE,
            Resource: models.map((id) => inAnyRegion({ ...plan, account: '' }, 'bedrock', `foundation-model/${id}`)),
            Condition: {
              StringNotEquals: { 'bedrock:GuardrailIdentifier': `${guardrail.arn}:${guardrail.version}` },
            },
          },
        ]),
  ];
  return {
    name: `the plan of ${name} with further policies`,
    document: { Version: '2012-10-17', Statement: [...Statement, ...conditions] },
  };
}
