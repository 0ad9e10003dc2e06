import { SIDE_DOORS } from '../../catalog/side-doors';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { PlannedPrincipal } from '../../plan/environment/principals';
import { inAccount, inAnyRegion, ownPolicy } from './arns';
import { INVOKE, type IntendedStatement, intentPolicy, PROFILE_KEY, READ_PARAMETERS } from './intent-policy';

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
 * States what the applications' boundary allows, whatever policies the role has: everything except ways around
 * profiles.
 */
export function boundaryIntent(plan: AccessPlan): Policy {
  const profiles = inAnyRegion(plan, 'bedrock', 'application-inference-profile/*');
  const models = inAnyRegion({ ...plan, account: '' }, 'bedrock', 'foundation-model/*');
  const functions = ['verification', 'limit'].flatMap((name) => {
    const arn = inAnyRegion(plan, 'lambda', `function:${plan.environment}_${name}`);
    return [arn, `${arn}:*`];
  });
  const deny = (Sid: string, Action: readonly string[], where: Partial<IntendedStatement>): IntendedStatement => ({
    Sid,
    Effect: 'Deny',
    Action,
    ...where,
  });
  return intentPolicy('the plan of the boundary', [
    { Sid: "the application's own work", Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    deny('no model call except through a profile of the account', INVOKE, {
      Resource: [models],
      Condition: { ArnNotLike: { [PROFILE_KEY]: profiles } },
    }),
    deny('no invoke target except foundation models and profiles', INVOKE, {
      NotResource: [models, profiles, inAnyRegion({ ...plan, account: '*' }, 'bedrock', 'inference-profile/*')],
    }),
    deny('no other ways to call a model', SIDE_DOORS, { Resource: ['*'] }),
    deny(
      'no changes to profiles',
      ['CreateInferenceProfile', 'DeleteInferenceProfile', 'TagResource', 'UntagResource'].map((a) => `bedrock:${a}`),
      { Resource: [profiles] },
    ),
    deny('no new permissions', ['iam:*', 'sts:AssumeRole'], {
      Resource: ['role', 'policy'].map((kind) => inAccount(plan, 'iam', `${kind}/bedrock-access/*`)),
    }),
    deny('no use of the verification and limit functions', ['lambda:*'], { Resource: functions }),
    deny(
      'no changes to stacks',
      [
        'ContinueUpdateRollback',
        'CreateChangeSet',
        'DeleteStack',
        'ExecuteChangeSet',
        'RollbackStack',
        'SetStackPolicy',
        'UpdateStack',
      ].map((a) => `cloudformation:${a}`),
      { Resource: [inAnyRegion(plan, 'cloudformation', `stack/${plan.environment}--*/*`)] },
    ),
    deny(
      'no changes to aliases',
      ['DeleteParameter', 'DeleteParameters', 'LabelParameterVersion', 'PutParameter', 'UnlabelParameterVersion'].map(
        (a) => `ssm:${a}`,
      ),
      { Resource: [inAnyRegion(plan, 'ssm', 'parameter/bedrock-access/*')] },
    ),
  ]);
}
