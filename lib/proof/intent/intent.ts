import type { Account } from '../../account/account';
import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { GenerationPlan } from '../../plan/parts/generation-plan';
import { accountArns } from '../finding/account-arns';
import { inRegion } from './arns';
import { intendedGeneration } from './intended-generation';
import { INVOKE, type IntendedStatement, intentPolicy, PROFILE_KEY, READ_PARAMETERS } from './intent-policy';

/** States what the principals of an application may do: call its models through its profiles, and look both up. */
export function applicationIntent(plan: AccessPlan, application: ApplicationPlan, account: Account): Policy {
  const { name, generations, guardrail } = application;
  const parameters = inRegion(plan, 'ssm', `parameter/bedrock-access/${plan.environment}/${name}`);
  const arnOf = accountArns(account);
  return intentPolicy(`the plan of ${name}`, [
    { Sid: `${name} reads its aliases`, Effect: 'Allow', Action: READ_PARAMETERS, Resource: below(parameters) },
    ...(guardrail === undefined
      ? []
      : [
          {
            Sid: `${name} applies its guardrail`,
            Effect: 'Allow' as const,
            Action: ['bedrock:ApplyGuardrail'],
            Resource: [guardrail.arn],
          },
        ]),
    // A profile that the templates lack is reported on its own.
    ...generations
      .filter((g) => account.profiles.some((p) => p.name === g.profileName))
      .flatMap((g) => generationIntent(plan, application, g, arnOf(g.profileArn))),
  ]);
}

function generationIntent(
  plan: AccessPlan,
  { name, guardrail, policies, tiers }: ApplicationPlan,
  generation: GenerationPlan,
  profile: string,
): readonly IntendedStatement[] {
  const { alias, kind } = generation;
  const { modelArns, systemProfileArn } = intendedGeneration(plan, generation);
  const subject = `${name}/${alias} ${generation.generation}`;
  const guarded = guardrail !== undefined && kind === 'chat';
  // A request that names no tier lacks the key. A tier that AWS adds is one that the file does not name.
  const tier = { 'bedrock:ServiceTier': tiers };
  const modelsInAnyRegion = modelArns.map(inAnyRegion);
  const namesAnyRegion =
    !modelArns.some((arn) => arn.includes(':bedrock:::')) &&
    policies.some(({ statements }) => statements.some((s) => s.Resource?.some((r) => modelsInAnyRegion.includes(r))));
  return [
    {
      Sid: `${subject} calls its profile`,
      Effect: 'Allow',
      Action: [...INVOKE, 'bedrock:GetInferenceProfile'],
      Resource: [profile],
      Condition: { StringEqualsIfExists: tier },
    },
    {
      Sid: `${subject} reaches its model through the profile`,
      Effect: 'Allow',
      Action: INVOKE,
      Resource: namesAnyRegion ? [...new Set(modelsInAnyRegion)] : modelArns,
      Condition: {
        StringEqualsIfExists: tier,
        StringEquals: {
          [PROFILE_KEY]: profile,
          ...(guarded && { 'bedrock:GuardrailIdentifier': `${guardrail.arn}:${guardrail.version}` }),
        },
      },
    },
    ...(systemProfileArn === undefined
      ? []
      : [
          {
            Sid: `${subject} passes the system profile`,
            Effect: 'Allow' as const,
            Action: INVOKE,
            Resource: [systemProfileArn],
            Condition: { StringEqualsIfExists: { [PROFILE_KEY]: profile, ...tier } },
          },
        ]),
  ];
}

/**
 * Returns the ARN pattern of a model in any Region. A policy that would be too long uses these patterns; its condition
 * on the profile still limits the Regions. A policy with the Region-less model of `global` never uses them.
 */
function inAnyRegion(modelArn: string): string {
  return modelArn.replace(/^(arn:[^:]+:bedrock:)[^:]*(::)/, '$1*$2');
}

function below(path: string): readonly string[] {
  return [path, `${path}/*`];
}
