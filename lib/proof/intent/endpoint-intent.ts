import type { EndpointService } from '../../catalog/endpoint-services';
import type { Policy } from '../../iam/policy/policy';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { inAccount, inRegion, ownRole } from './arns';
import { intendedGeneration } from './intended-generation';
import { INVOKE, type IntendedStatement, intentPolicy, PROFILE_KEY, READ_PARAMETERS } from './intent-policy';

/**
 * States what an endpoint lets through: the principals of each application, on the way to what the application may use,
 * and nobody else. It names profiles by the tag of their application, and leaves what a call must carry besides, such as
 * a guardrail, to the policies of the principals.
 */
export function endpointIntent(plan: AccessPlan, service: EndpointService): Policy {
  const applications = plan.applications.filter((application) => callers(plan, application).length > 0);
  return intentPolicy(`the plan of the endpoint of ${service}`, INTENT[service]({ ...plan, applications }));
}

const INTENT: Readonly<Record<EndpointService, (plan: AccessPlan) => readonly IntendedStatement[]>> = {
  'bedrock-runtime': (plan) => plan.applications.flatMap((application) => calls(plan, application)),
  bedrock: (plan) =>
    plan.applications.map((application) => ({
      Sid: `${application.name} looks up its profiles`,
      Effect: 'Allow',
      Action: ['bedrock:GetInferenceProfile'],
      Resource: [profiles(plan)],
      Condition: { ArnLike: { [CALLER_KEY]: callers(plan, application) }, StringEquals: ownTag(plan, application) },
    })),
  ssm: (plan) =>
    plan.applications.map((application) => {
      const parameters = inRegion(plan, 'ssm', `parameter/bedrock-access/${plan.environment}/${application.name}`);
      return {
        Sid: `${application.name} reads its aliases`,
        Effect: 'Allow',
        Action: READ_PARAMETERS,
        Resource: [parameters, `${parameters}/*`],
        Condition: { ArnLike: { [CALLER_KEY]: callers(plan, application) } },
      };
    }),
  sts: (plan) => {
    const all = plan.applications.flatMap((application) => callers(plan, application));
    const roles = all.filter((arn) => !arn.startsWith(inAccount(plan, 'iam', 'user/')));
    return [
      {
        Sid: 'principals ask who they are',
        Effect: 'Allow',
        Action: ['sts:GetCallerIdentity'],
        Resource: ['*'],
        Condition: { ArnLike: { [CALLER_KEY]: all } },
      },
      ...(roles.length === 0
        ? []
        : [
            {
              Sid: 'whoever a role trusts becomes a principal',
              Effect: 'Allow' as const,
              Action: ['AssumeRole', 'AssumeRoleWithWebIdentity', 'TagSession', 'SetSourceIdentity'].map(
                (a) => `sts:${a}`,
              ),
              Resource: roles,
            },
          ]),
    ];
  },
};

const CALLER_KEY = 'aws:PrincipalArn';

function calls(plan: AccessPlan, application: ApplicationPlan): readonly IntendedStatement[] {
  const { name, generations, guardrail } = application;
  const caller = { [CALLER_KEY]: callers(plan, application) };
  const throughProfile = { [PROFILE_KEY]: profiles(plan) };
  const intended = generations.map((generation) => intendedGeneration(plan, generation));
  const systemProfiles = intended.flatMap(({ systemProfileArn }) => systemProfileArn ?? []);
  return [
    {
      Sid: `${name} calls its profiles`,
      Effect: 'Allow',
      Action: INVOKE,
      Resource: [profiles(plan)],
      Condition: { ArnLike: caller, StringEquals: ownTag(plan, application) },
    },
    {
      Sid: `${name} reaches its models through a profile`,
      Effect: 'Allow',
      Action: INVOKE,
      Resource: modelsOf(
        plan,
        intended.flatMap(({ modelArns }) => modelArns),
      ),
      Condition: { ArnLike: { ...caller, ...throughProfile } },
    },
    ...(systemProfiles.length === 0
      ? []
      : [
          {
            Sid: `${name} passes the system profiles`,
            Effect: 'Allow' as const,
            Action: INVOKE,
            Resource: systemProfiles,
            Condition: { ArnLike: caller, ArnLikeIfExists: throughProfile },
          },
        ]),
    ...(guardrail === undefined
      ? []
      : [
          {
            Sid: `${name} applies its guardrail`,
            Effect: 'Allow' as const,
            Action: ['bedrock:ApplyGuardrail'],
            Resource: [inRegion(plan, 'bedrock', `guardrail/${guardrail.id}`)],
            Condition: { ArnLike: caller },
          },
        ]),
  ];
}

/** Returns the models, in any Region if the planned policy would be too long with each Region. */
function modelsOf({ network }: AccessPlan, modelArns: readonly string[]): readonly string[] {
  const inAnyRegion = (arn: string): string => arn.replace(/^(arn:[^:]+:bedrock:)[^:]+(::)/, '$1*$2');
  const planned = network?.endpoints.flatMap(({ statements }) => statements.flatMap((s) => s.Resource ?? [])) ?? [];
  const isShortened = modelArns.some((arn) => !planned.includes(arn) && planned.includes(inAnyRegion(arn)));
  return isShortened ? modelArns.map(inAnyRegion) : modelArns;
}

/** The roles that the file's principals get, and the roles and users that exist already, with any path. */
function callers(plan: AccessPlan, { roles, existingRoles, existingUsers }: ApplicationPlan): readonly string[] {
  const withAnyPath = (kind: string, name: string): readonly string[] =>
    ['', '*/'].map((path) => inAccount(plan, 'iam', `${kind}/${path}${name}`));
  return [
    ...roles.flatMap(({ name, principal }) => (principal.kind === 'probe' ? [] : [ownRole(plan, name)])),
    ...existingRoles.flatMap((name) => withAnyPath('role', name)),
    ...existingUsers.flatMap((name) => withAnyPath('user', name)),
  ];
}

function profiles(plan: AccessPlan): string {
  return inRegion(plan, 'bedrock', 'application-inference-profile/*');
}

function ownTag({ environment }: AccessPlan, { name }: ApplicationPlan): Readonly<Record<string, string>> {
  return { 'aws:ResourceTag/BedrockAccess': `${environment}/${name}` };
}
