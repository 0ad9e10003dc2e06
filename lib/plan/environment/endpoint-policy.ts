import { accountArn, regionalArn } from '../../catalog/arn';
import { type EndpointService, MAX_ENDPOINT_POLICY_CHARACTERS } from '../../catalog/endpoint-services';
import type { ApplicationPlan } from '../application/application-plan';
import { parameterArn } from '../names/arns';
import { type Place, parameterName } from '../names/names';
import { COST_TAG, costTag } from '../names/tag-contract';
import { collapseRegions } from '../parts/pack-policies';
import { pascalCase } from '../parts/pascal-case';
import { type EndpointStatement, INVOKE_ACTIONS, policyDocument, type Statement } from '../parts/statement';

/**
 * Decides the policy of an endpoint: the principals of each application may do through it what their own policies let
 * them do, and nobody may do anything else. `docs/decisions/endpoints.md` says why each statement has its form.
 *
 * If the policy would be too long, the Regions of foundation models are replaced by `*`. A policy that is still too long
 * is a violation of the proof, because EC2 would refuse it.
 */
export function endpointStatements(
  place: Place,
  service: EndpointService,
  applications: readonly ApplicationPlan[],
): readonly EndpointStatement[] {
  // A condition without a value would be no condition, so an application without principals gets no statement.
  const called = applications.filter((a) => callersOf(place, a)['aws:PrincipalArn'].length > 0);
  const statements = STATEMENTS[service](place, called).map(
    (statement): EndpointStatement => ({ ...statement, Principal: '*' }),
  );
  return endpointPolicyLength(statements) <= MAX_ENDPOINT_POLICY_CHARACTERS
    ? statements
    : statements.map((statement) => ({ ...statement, ...collapseRegions(statement) }));
}

/** Returns the length of an endpoint's policy, in characters. CloudFormation sends it without white space. */
export function endpointPolicyLength(statements: readonly EndpointStatement[]): number {
  return JSON.stringify(policyDocument(statements)).length;
}

type StatementsOf = (place: Place, applications: readonly ApplicationPlan[]) => readonly Statement[];

const STATEMENTS: Readonly<Record<EndpointService, StatementsOf>> = {
  'bedrock-runtime': (place, applications) => applications.flatMap((a) => callStatements(place, a)),
  bedrock: (place, applications) =>
    applications.map((application) => ({
      Sid: sid(place, application.name, 'Profiles'),
      Effect: 'Allow',
      Action: ['bedrock:GetInferenceProfile'],
      Resource: [profilesOf(place)],
      Condition: { ArnLike: callersOf(place, application), ...ownProfiles(place, application) },
    })),
  ssm: (place, applications) =>
    applications.map((application) => {
      const parameters = parameterArn(place, parameterName(place.environment, application.name));
      return {
        Sid: sid(place, application.name, 'Aliases'),
        Effect: 'Allow',
        Action: ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'],
        Resource: [parameters, `${parameters}/*`],
        Condition: { ArnLike: callersOf(place, application) },
      };
    }),
  sts: (place, applications) => {
    const callers = [...new Set(applications.flatMap((a) => callersOf(place, a)['aws:PrincipalArn']))];
    const roles = callers.filter((arn) => arn.includes(':role/'));
    return [
      {
        Sid: sid(place, '', 'Identity'),
        Effect: 'Allow',
        Action: ['sts:GetCallerIdentity'],
        Resource: ['*'],
        Condition: { ArnLike: { 'aws:PrincipalArn': callers } },
      },
      ...(roles.length === 0
        ? []
        : [
            {
              // Whoever assumes a role is not yet a principal of this environment: a web identity has no ARN at all. The
              // role's trust policy decides.
              Sid: sid(place, '', 'Roles'),
              Effect: 'Allow' as const,
              Action: ['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:SetSourceIdentity', 'sts:TagSession'],
              Resource: roles,
            },
          ]),
    ];
  },
};

/** Lets the principals of an application call its profiles, its models through a profile, and apply its guardrail. */
function callStatements(place: Place, application: ApplicationPlan): readonly Statement[] {
  const { name, generations, guardrail } = application;
  const callers = callersOf(place, application);
  const throughProfile = { 'bedrock:InferenceProfileArn': profilesOf(place) };
  const systemProfiles = unique(generations.flatMap((g) => g.systemProfileArn ?? []));
  return [
    {
      Sid: sid(place, name, 'Profiles'),
      Effect: 'Allow',
      Action: INVOKE_ACTIONS,
      Resource: [profilesOf(place)],
      Condition: { ArnLike: callers, ...ownProfiles(place, application) },
    },
    {
      Sid: sid(place, name, 'Models'),
      Effect: 'Allow',
      Action: INVOKE_ACTIONS,
      Resource: unique(generations.flatMap((g) => g.modelArns)),
      Condition: { ArnLike: { ...callers, ...throughProfile } },
    },
    ...(systemProfiles.length === 0
      ? []
      : [
          {
            Sid: sid(place, name, 'Routings'),
            Effect: 'Allow' as const,
            Action: INVOKE_ACTIONS,
            Resource: systemProfiles,
            Condition: { ArnLike: callers, ArnLikeIfExists: throughProfile },
          },
        ]),
    ...(guardrail === undefined
      ? []
      : [
          {
            Sid: sid(place, name, 'Guardrail'),
            Effect: 'Allow' as const,
            Action: ['bedrock:ApplyGuardrail'],
            Resource: [guardrail.arn],
            Condition: { ArnLike: callers },
          },
        ]),
  ];
}

/**
 * Names the principals of an application: the session of a role has the ARN of the role. The probe roles are left out,
 * because the verification calls from outside the VPC. The path of an existing role or user is unknown.
 */
function callersOf(
  place: Place,
  { roles, existingRoles, existingUsers }: ApplicationPlan,
): { readonly 'aws:PrincipalArn': readonly string[] } {
  const existing = (kind: 'role' | 'user', names: readonly string[]): readonly string[] =>
    names.flatMap((name) => [name, `*/${name}`].map((end) => accountArn(place, 'iam', `${kind}/${end}`)));
  return {
    'aws:PrincipalArn': [
      ...roles.filter(({ principal }) => principal.kind !== 'probe').map(({ arn }) => arn),
      ...existing('role', existingRoles),
      ...existing('user', existingUsers),
    ],
  };
}

function profilesOf(place: Place): string {
  return regionalArn(place, 'bedrock', 'application-inference-profile/*');
}

/** Bedrock assigns the ids of profiles, so the tag that each profile has from its creation on identifies them. */
function ownProfiles(place: Place, { name }: ApplicationPlan): Statement['Condition'] {
  return { StringEquals: { [`aws:ResourceTag/${COST_TAG}`]: costTag(place, name) } };
}

/** Makes a Sid that no other environment has, because environments may share the policy of an existing endpoint. */
function sid({ environment }: Place, application: string, what: string): string {
  return pascalCase(environment) + pascalCase(application) + what;
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
