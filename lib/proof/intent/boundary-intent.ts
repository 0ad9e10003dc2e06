import { MODEL_DOORS, SHARED_SETTINGS } from '../../catalog/model-doors';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import { inAccount, inAnyRegion, ownPolicy } from './arns';
import { INVOKE, type IntendedStatement, intentPolicy, PROFILE_KEY, READ_PARAMETERS } from './intent-policy';
import { protectedResources } from './protected-resources';

/**
 * States which boundary a role has. Only the probe role whose calls must be denied has the probe boundary. The
 * boundary of a service role is taken from the plan, because it is proven to let through what that role may do.
 */
export function intendedBoundaryArn(
  plan: AccessPlan,
  planned: Exclude<PlannedPrincipal, { readonly origin: 'existing' }>,
): string {
  if (planned.origin === 'service') {
    return planned.boundaryArn;
  }
  const { principal } = planned.role;
  const isTried = principal.kind === 'probe' && principal.tries === 'policies';
  return ownPolicy(plan, `${plan.environment}_${isTried ? 'probe-boundary' : 'boundary'}`);
}

/**
 * States what the probe boundary allows: calls and lookups of any model. A narrower boundary could hide a mistake in a
 * policy.
 */
export function probeBoundaryIntent(): Policy {
  return intentPolicy('the plan of the probe boundary', [
    {
      Sid: 'calls and lookups of any model',
      Effect: 'Allow',
      Action: [
        ...INVOKE,
        ...READ_PARAMETERS,
        'bedrock-mantle:CreateInference',
        'bedrock:ApplyGuardrail',
        'bedrock:CallWithBearerToken',
        'bedrock:GetInferenceProfile',
      ],
      Resource: ['*'],
    },
  ]);
}

/**
 * States what the applications' boundary allows to a role, whatever policies the role has: everything except ways around
 * the application's own profiles, changes of IAM, and changes of this project.
 *
 * @param owner value of the cost tag of the role's application
 */
export function boundaryIntent(plan: AccessPlan, owner: string): Policy {
  const { account } = plan;
  const profiles = inAnyRegion(plan, 'bedrock', 'application-inference-profile/*');
  const models = inAnyRegion({ ...plan, account: '' }, 'bedrock', 'foundation-model/*');
  const iam = (resource: string): string => inAccount(plan, 'iam', resource);
  const deny = (Sid: string, Action: readonly string[], where: Partial<IntendedStatement>): IntendedStatement => ({
    Sid,
    Effect: 'Deny',
    Action,
    ...where,
  });
  return intentPolicy('the plan of the boundary', [
    {
      Sid: "the application's own work",
      Effect: 'Allow',
      // Names of IAM's actions that change something begin with these letters. Pass, Simulate, Get and List do not.
      NotAction: ['U', 'T', 'Se', 'R', 'Pu', 'E', 'D', 'C', 'A'].map((letters) => `iam:${letters}*`),
      Resource: ['*'],
    },
    {
      Sid: 'roles that a service makes for itself',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: [iam('role/aws-service-role/*')],
    },
    deny('no model call except through a profile of the account', INVOKE, {
      Resource: [models],
      Condition: { ArnNotLike: { [PROFILE_KEY]: profiles } },
    }),
    deny('no invoke target except foundation models and profiles', INVOKE, {
      NotResource: [models, profiles, inAnyRegion({ ...plan, account: '*' }, 'bedrock', 'inference-profile/*')],
    }),
    deny('no calls through the profile of another application', INVOKE, {
      Resource: [profiles],
      Condition: { StringNotEquals: { 'aws:ResourceTag/BedrockAccess': owner } },
    }),
    deny('no other ways to call a model', MODEL_DOORS, { Resource: ['*'] }),
    deny(
      'no changes to guardrails and settings of the account',
      [...SHARED_SETTINGS, 'ce:Update*', 'ce:Delete*', 'logs:*AccountPolicy'],
      {
        Resource: ['*'],
      },
    ),
    deny('no new permissions', ['iam:*', 'sts:*'], {
      Resource: [iam('role/bedrock-access/*'), iam('policy/bedrock-access/*'), iam(`role/cdk-*-role-${account}-*`)],
    }),
    ...protectedResources(plan),
    deny("no use of this project's keys", ['kms:*'], {
      Resource: [inAnyRegion(plan, 'kms', 'key/*')],
      Condition: { Null: { 'aws:ResourceTag/BedrockAccess': 'false' } },
    }),
    ...(plan.network?.place === undefined
      ? []
      : [
          deny("no use of this project's endpoints and their security group", ['ec2:*'], {
            Resource: ['vpc-endpoint/*', 'security-group/*'].map((name) => inAnyRegion(plan, 'ec2', name)),
            Condition: { Null: { 'aws:ResourceTag/BedrockAccess': 'false' } },
          }),
        ]),
  ]);
}
