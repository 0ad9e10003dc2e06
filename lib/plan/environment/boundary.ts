import { accountArn, arnWithoutAccount, regionalArn } from '../../catalog/arn';
import { foundationModelArn } from '../../catalog/foundation-model-arn';
import { MODEL_DOORS, SHARED_SETTINGS } from '../../catalog/model-doors';
import { anyBootstrap } from '../names/bootstrap';
import type { Place } from '../names/names';
import { physicalName } from '../names/physical-name';
import { COST_TAG } from '../names/tag-contract';
import { type ExceptStatement, INVOKE_ACTIONS, type Statement } from '../parts/statement';
import { madeEndpoints, type NetworkPlan } from './network-plan';

/**
 * Decides the permissions boundary of every role that this project creates for an application. Whatever policies are
 * attached to such a role later, it can call models only through its own application's profiles, and it can change
 * nothing that this project made. `docs/decisions/boundary.md` says why each statement has its form.
 *
 * All applications share one boundary. It compares the tag of the profile with the tag of the role, which neither the
 * role nor its sessions can change.
 *
 * The first statement allows everything except changes of IAM, because a new principal would have no boundary. A
 * statement that allows `*` on `*` would be reported by Security Hub (IAM.1) and refused by Control Tower (CT.IAM.PR.2).
 *
 * The statement about models denies only foundation models and not `*`. The check of the profile itself has no
 * `bedrock:InferenceProfileArn`, so with `*` every call would be denied.
 */
export function planBoundary(place: Place, network?: NetworkPlan): readonly (Statement | ExceptStatement)[] {
  const { partition, environment } = place;
  const bootstrap = anyBootstrap(place);
  const everywhere = { ...place, region: '*' };
  const profiles = regionalArn(everywhere, 'bedrock', 'application-inference-profile/*');
  const models = foundationModelArn(partition, '*', '*');
  const named = (name: string): string => `${physicalName([environment])}_${name}`;
  const inAnyRegion = (service: string, resource: string): string => regionalArn(everywhere, service, resource);
  const deny = (Sid: string, Action: readonly string[], Resource: readonly string[]): Statement => ({
    Sid,
    Effect: 'Deny',
    Action,
    Resource,
  });
  const hasTag = { Null: { [`aws:ResourceTag/${COST_TAG}`]: 'false' } };
  return [
    { Sid: 'TheApplicationsOwnWork', Effect: 'Allow', NotAction: IAM_CHANGES, Resource: ['*'] },
    {
      Sid: 'RolesThatServicesMake',
      Effect: 'Allow',
      Action: ['iam:CreateServiceLinkedRole'],
      Resource: [accountArn(place, 'iam', 'role/aws-service-role/*')],
    },
    {
      ...deny('ModelsOnlyThroughApplicationProfiles', INVOKE_ACTIONS, [models]),
      Condition: { ArnNotLike: { 'bedrock:InferenceProfileArn': profiles } },
    },
    {
      Sid: 'NoOtherWayToAModel',
      Effect: 'Deny',
      Action: INVOKE_ACTIONS,
      NotResource: [models, regionalArn({ ...everywhere, account: '*' }, 'bedrock', 'inference-profile/*'), profiles],
    },
    {
      ...deny('OwnProfilesOnly', INVOKE_ACTIONS, [profiles]),
      Condition: { StringNotEquals: { [`aws:ResourceTag/${COST_TAG}`]: `\${aws:PrincipalTag/${COST_TAG}}` } },
    },
    deny('NoSideDoors', MODEL_DOORS, ['*']),
    deny('NoChangesToSettings', [...SHARED_SETTINGS, 'ce:Delete*', 'ce:Update*', 'logs:*AccountPolicy'], ['*']),
    deny(
      'NoNewRights',
      ['iam:*', 'sts:*'],
      ['role/bedrock-access/*', 'policy/bedrock-access/*', `role/${bootstrap.roles}`].map((r) =>
        accountArn(place, 'iam', r),
      ),
    ),
    deny(
      'NoUseOfTheProject',
      ['lambda:*', 'logs:*', 'sns:*', 'sqs:*', 'states:*'],
      [
        ...['account-settings', 'limit', 'meter', 'verification'].flatMap((name) =>
          [named(name), `${named(name)}:*`].map((end) => inAnyRegion('lambda', `function:${end}`)),
        ),
        inAnyRegion('logs', 'log-group:/bedrock-access/*'),
        inAnyRegion('sns', named('alerts-*')),
        inAnyRegion('sqs', named('dead-letters')),
        inAnyRegion('states', `stateMachine:${named('verification-batches')}`),
        inAnyRegion('states', `execution:${named('verification-batches')}*`),
      ],
    ),
    deny('NoChangesToTheProject', CHANGES, [
      profiles,
      accountArn(place, 'budgets', `budget/${named('*')}`),
      accountArn(place, 'cloudwatch', `dashboard/${named('*')}`),
      inAnyRegion('cloudwatch', `alarm:${named('*')}`),
      inAnyRegion('cloudwatch', 'alarm-mute-rule:*'),
      inAnyRegion('events', `rule/${named('*')}`),
      inAnyRegion('logs', `log-group:/aws/lambda/${named('*')}`),
      inAnyRegion('ssm', 'parameter/bedrock-access/*'),
      inAnyRegion('cloudformation', 'stack/*'),
      inAnyRegion('cloudformation', 'stackset/*'),
      arnWithoutAccount(partition, 's3', bootstrap.assets),
    ]),
    {
      ...deny('NoUseOfKeys', ['kms:*'], [inAnyRegion('kms', 'key/*')]),
      Condition: hasTag,
    },
    ...(madeEndpoints(network).length === 0
      ? []
      : [
          {
            ...deny(
              'NoUseOfEndpoints',
              ['ec2:*'],
              [inAnyRegion('ec2', 'vpc-endpoint/*'), inAnyRegion('ec2', 'security-group/*')],
            ),
            Condition: hasTag,
          },
        ]),
  ];
}

/** Every action of IAM that changes something. Reading, simulating and passing roles remain. */
const IAM_CHANGES = ['A', 'C', 'D', 'E', 'Pu', 'R', 'Se', 'T', 'U'].map((verb) => `iam:${verb}*`);

/** Actions that change a resource, by the verbs of each service. Each acts on resources of its own service only. */
const CHANGES = [
  ...['CreateI', 'DeleteI', 'T', 'Unt'].map((verb) => `bedrock:${verb}*`),
  ...['C', 'Del', 'E', 'M', 'T', 'U'].map((verb) => `budgets:${verb}*`),
  ...['C', 'Del', 'E', 'R', 'S', 'T', 'U'].map((verb) => `cloudformation:${verb}*`),
  ...['Del', 'Dis', 'E', 'P', 'S', 'T', 'U'].map((verb) => `cloudwatch:${verb}*`),
  ...['Del', 'Dis', 'E', 'P', 'R', 'T', 'U'].map((verb) => `events:${verb}*`),
  ...['As', 'Del', 'Dis', 'PutB', 'PutD', 'PutI', 'PutLogG', 'PutM', 'PutR', 'PutS', 'PutT'].map(
    (verb) => `logs:${verb}*`,
  ),
  ...['Del', 'L', 'Pu', 'U'].map((verb) => `ssm:${verb}*`),
  ...['D', 'Put', 'R', 'U'].map((verb) => `s3:${verb}*`),
];

/**
 * The permissions boundary of the probe role whose calls must be denied. It limits the role to calls of models and
 * lookups of aliases. It allows every model, and every way to a model that a probe tries. If it denied some of them, it
 * would hide a policy that grants too much.
 */
export const PROBE_BOUNDARY: readonly Statement[] = [
  {
    Sid: 'CallsAndLookupsOfAnyModel',
    Effect: 'Allow',
    Action: [
      ...INVOKE_ACTIONS,
      'bedrock:CallWithBearerToken',
      'bedrock-mantle:CreateInference',
      'bedrock:GetInferenceProfile',
      'bedrock:ApplyGuardrail',
      'ssm:GetParameter',
      'ssm:GetParameters',
      'ssm:GetParametersByPath',
    ],
    Resource: ['*'],
  },
];
