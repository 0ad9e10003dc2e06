import type { Account } from '../account/account';
import { SIDE_DOORS } from '../catalog/side-doors';
import type { Policy } from '../iam/policy';
import type { AccessPlan } from '../plan/access-plan';
import type { ApplicationPlan } from '../plan/application-plan';
import type { GenerationPlan } from '../plan/generation-plan';
import { PROBE_FOLDER, parameterArn, roleArn, verificationName } from '../plan/names';
import { iamPath, parameterName, stackName } from '../plan/physical-name';
import { accountArns } from './account-arns';

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A statement of an intent; its Sid says in words what it is for. */
interface IntendedStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition?: Condition;
}

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
const READ_PARAMETERS = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];
const PROFILE_KEY = 'bedrock:InferenceProfileArn';

/**
 * What may be done, as the proof compares it with the templates: said here a second time, from the models, routings and
 * profiles of the plan and not from its policies, so that a mistake in those is no intent.
 */
function intent(name: string, statements: readonly IntendedStatement[]): Policy {
  return { name, document: { Version: '2012-10-17', Statement: statements } };
}

/** What the principals of an application may do: call its models through its profiles, look both up, and nothing else. */
export function applicationIntent(plan: AccessPlan, application: ApplicationPlan, account: Account): Policy {
  const { name, generations, guardrail } = application;
  const parameters = parameterArn(plan, parameterName(plan.environment, name));
  const arnOf = accountArns(account);
  return intent(`the plan of ${name}`, [
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
    // A profile that the templates lack is told by itself.
    ...generations
      .filter((g) => account.profiles.some((p) => p.name === g.profileName))
      .flatMap((g) => generationIntent(application, g, arnOf(g.profileArn))),
  ]);
}

function generationIntent(
  { name, guardrail, policies }: ApplicationPlan,
  generation: GenerationPlan,
  profile: string,
): readonly IntendedStatement[] {
  const { alias, modelArns, systemProfileArn, kind } = generation;
  const what = `${name}/${alias} ${generation.generation}`;
  const guarded = guardrail !== undefined && kind === 'chat';
  const anywhere = modelArns.map(inAnyRegion);
  const collapsed =
    !modelArns.some((arn) => arn.includes(':bedrock:::')) &&
    policies.some(({ statements }) => statements.some((s) => s.Resource?.some((r) => anywhere.includes(r))));
  return [
    {
      Sid: `${what} calls its profile`,
      Effect: 'Allow',
      Action: [...INVOKE, 'bedrock:GetInferenceProfile'],
      Resource: [profile],
    },
    {
      Sid: `${what} reaches its model through the profile`,
      Effect: 'Allow',
      Action: INVOKE,
      Resource: collapsed ? [...new Set(anywhere)] : modelArns,
      Condition: {
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
            Sid: `${what} passes the system profile`,
            Effect: 'Allow' as const,
            Action: INVOKE,
            Resource: [systemProfileArn],
            Condition: { StringEqualsIfExists: { [PROFILE_KEY]: profile } },
          },
        ]),
  ];
}

/**
 * A policy that would be too long names its models in any Region; the condition on the profile fixes the Regions. One with
 * the Region-less model of `global` never does.
 */
function inAnyRegion(modelArn: string): string {
  return modelArn.replace(/^(arn:[^:]+:bedrock:)[^:]*(::)/, '$1*$2');
}

function below(path: string): readonly string[] {
  return [path, `${path}/*`];
}

/** What the verification function may do. Its boundary lets it do the same. */
export function verificationIntent(plan: AccessPlan): Policy {
  const { environment, account, region, partition, verification } = plan;
  const here = (service: string): string => `arn:${partition}:${service}:${region}:${account}`;
  return intent('the plan of the verification', [
    {
      Sid: 'the verification assumes probe roles',
      Effect: 'Allow',
      Action: ['sts:AssumeRole'],
      Resource: [roleArn(plan, '*', PROBE_FOLDER)],
    },
    {
      Sid: 'the verification reads aliases',
      Effect: 'Allow',
      Action: READ_PARAMETERS,
      Resource: below(parameterArn(plan, parameterName(environment))),
    },
    {
      Sid: 'the verification reads its stacks',
      Effect: 'Allow',
      Action: ['cloudformation:DescribeStacks'],
      Resource: [`${here('cloudformation')}:stack/${stackName(environment, '*')}/*`],
    },
    {
      Sid: 'the verification writes its log',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [`${here('logs')}:log-group:${verification.logGroupName}:*`],
    },
  ]);
}

/** What a boundary that hides no mistake of a policy lets through: calls and lookups of any model. */
export function probeBoundaryIntent(): Policy {
  return intent('the plan of the probe boundary', [
    {
      Sid: 'calls and lookups of any model',
      Effect: 'Allow',
      Action: [...INVOKE, ...READ_PARAMETERS, 'bedrock:GetInferenceProfile', 'bedrock:ApplyGuardrail'],
      Resource: ['*'],
    },
  ]);
}

/** What the applications' boundary lets through, whatever policies its bearer has: everything but ways around the profiles. */
export function boundaryIntent({ partition, account, environment }: AccessPlan): Policy {
  const profiles = `arn:${partition}:bedrock:*:${account}:application-inference-profile/*`;
  const models = `arn:${partition}:bedrock:*::foundation-model/*`;
  const verification = `arn:${partition}:lambda:*:${account}:function:${verificationName(environment)}`;
  const deny = (Sid: string, Action: readonly string[], where: Partial<IntendedStatement>): IntendedStatement => ({
    Sid,
    Effect: 'Deny',
    Action,
    ...where,
  });
  return intent('the plan of the boundary', [
    { Sid: "the application's own work", Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    deny('no model but through a profile of the account', INVOKE, {
      Resource: [models],
      Condition: { ArnNotLike: { [PROFILE_KEY]: profiles } },
    }),
    deny('no way to a model but foundation models and profiles', INVOKE, {
      NotResource: [models, profiles, `arn:${partition}:bedrock:*:*:inference-profile/*`],
    }),
    deny('no side doors', SIDE_DOORS, { Resource: ['*'] }),
    deny(
      'no changes to profiles',
      ['CreateInferenceProfile', 'DeleteInferenceProfile', 'TagResource', 'UntagResource'].map((a) => `bedrock:${a}`),
      { Resource: [profiles] },
    ),
    deny('no new rights', ['iam:*', 'sts:AssumeRole'], {
      Resource: [`arn:${partition}:iam::${account}:role`, `arn:${partition}:iam::${account}:policy`].map(
        (arn) => `${arn}/bedrock-access/*`,
      ),
    }),
    deny('no use of the verification', ['lambda:*'], { Resource: [verification, `${verification}:*`] }),
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
      { Resource: [`arn:${partition}:cloudformation:*:${account}:stack/${stackName(environment, '*')}/*`] },
    ),
    deny(
      'no moving of aliases',
      ['DeleteParameter', 'DeleteParameters', 'LabelParameterVersion', 'PutParameter', 'UnlabelParameterVersion'].map(
        (a) => `ssm:${a}`,
      ),
      { Resource: [`arn:${partition}:ssm:*:${account}:parameter/bedrock-access/*`] },
    ),
  ]);
}

/** Ways to more rights within an environment, each with its name as a Sid. @param except names of those left out */
export function escalations(plan: AccessPlan, except: readonly string[] = []): Policy {
  const { partition, account, environment } = plan;
  const own = (kind: string, folder = ''): string =>
    `arn:${partition}:iam::${account}:${kind}${iamPath(environment)}${folder}*`;
  const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]): IntendedStatement => ({
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
  });
  const verification = `arn:${partition}:lambda:*:${account}:function:${verificationName(environment)}`;
  const ways = [
    allow('assume a probe role', ['sts:AssumeRole'], [own('role', PROBE_FOLDER)]),
    allow('pass a role', ['iam:PassRole'], [`arn:${partition}:iam::${account}:role/*`]),
    allow(
      'change a policy or a role',
      ['Add', 'Attach', 'Create', 'Delete', 'Detach', 'Put', 'Set', 'Update'].map((a) => `iam:${a}*`),
      ['role', 'policy', 'user'].map((kind) => `arn:${partition}:iam::${account}:${kind}/*`),
    ),
    allow(
      'move an alias',
      ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:DeleteParameters', 'ssm:LabelParameterVersion'],
      [`arn:${partition}:ssm:*:${account}:parameter/bedrock-access/*`],
    ),
    allow(
      'change the verification',
      ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
      [verification],
    ),
    allow(
      'change a stack',
      ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet', 'cloudformation:UpdateStack'],
      [`arn:${partition}:cloudformation:*:${account}:stack/${stackName(environment, '*')}/*`],
    ),
  ];
  return intent(
    'ways to more rights',
    ways.filter(({ Sid }) => !except.includes(Sid)),
  );
}
