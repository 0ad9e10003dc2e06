import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import { EC2 } from '../../catalog/service-principals';
import type { RequestContext } from '../../iam/match/access-request';
import type { Resource } from '../resource/resource';
import { text, texts } from '../resource/resource-properties';
import { type ActionTargets, on, passedTo } from './action-target';
import { generatedName, resourceName, token } from './generated-name';
import { globalArn } from './resource-arn';
import { NO_STAND_IN, notRead, onItself, type ResourceType, type StandIn, unnamed } from './resource-type';
import { wholeResource } from './whole-resource';

const iamArn = (r: Resource, kind: string, property: string): string => {
  const path = r.property('Path');
  return globalArn(r, 'iam', `${kind}${typeof path === 'string' ? path : '/'}${resourceName(r, property)}`);
};
const roleArn = (r: Resource): string => iamArn(r, 'role', 'RoleName');
const userArn = (r: Resource): string => iamArn(r, 'user', 'UserName');
const policyArn = (r: Resource): string => iamArn(r, 'policy', 'ManagedPolicyName');
const instanceProfileArn = (r: Resource): string => iamArn(r, 'instance-profile', 'InstanceProfileName');
const providerArn = (r: Resource): string =>
  globalArn(r, 'iam', `oidc-provider/${String(r.property('Url')).replace('https://', '')}`);

const boundaryOf = (boundary: string | undefined): RequestContext =>
  boundary === undefined ? {} : { 'iam:PermissionsBoundary': [boundary] };

/** Returns the role with its permissions boundary as a condition key. */
const roleWithBoundary: ActionTargets = (r) => {
  const boundary = r.property('PermissionsBoundary') === undefined ? undefined : text(r, 'PermissionsBoundary');
  return [{ resource: roleArn(r), context: boundaryOf(boundary) }];
};

/** Returns the role once for each managed policy in its own list, with that policy as a condition key. */
const roleWithEachPolicy: ActionTargets = (r) =>
  texts(r, 'ManagedPolicyArns').map((policy) => ({ resource: roleArn(r), context: { 'iam:PolicyARN': [policy] } }));

/**
 * Returns the roles or users that a policy is attached to. One that the templates do not define already exists, and its
 * path is unknown.
 */
function attachmentTargets(kind: 'role' | 'user', property: 'Roles' | 'Users'): ActionTargets {
  return (r, roles) =>
    texts(r, property).flatMap((name) => {
      const own = kind === 'role' ? roles.get(name) : undefined;
      const existing = [name, `some/path/${name}`].map((path) => globalArn(r, 'iam', `${kind}/${path}`));
      const context = { 'iam:PolicyARN': [policyArn(r)], ...boundaryOf(own?.boundary) };
      return (own === undefined ? existing : [own.arn]).map((resource) => ({ resource, context }));
    });
}

/** Fields that all types of IAM share. */
const IAM = { regions: 'own and billing', read: notRead, judgedByGate: true, charge: 'free' } as const;

/** Fields of types that this project never creates. They are read because somebody may add them to the templates. */
const ONLY_READ = {
  ...IAM,
  tags: 'none',
  handlers: 'unknown',
  unusedFeatures: [],
  actsOn: onItself(() => []),
} as const;

export const IAM_TYPES = {
  'AWS::IAM::Role': {
    ...IAM,
    access: { principal: 'role' },
    names: (r) => [roleArn(r)],
    standIn: {
      ref: (r) => resourceName(r, 'RoleName'),
      attributes: { Arn: roleArn, RoleId: (r) => `AROA${token(generatedName(r), 17).toUpperCase()}` },
    },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::IAM::Role'],
    unusedFeatures: [
      {
        feature: 'inline policies',
        absent: ['Policies'],
        actions: ['iam:PutRolePolicy', 'iam:DeleteRolePolicy'],
        reason: 'every policy is a managed policy of its own',
      },
      {
        feature: 'managed policies in the list of the role',
        absent: ['ManagedPolicyArns'],
        actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        reason: "a policy lists its roles, and the policy's handler attaches it",
      },
      {
        feature: 'no permissions boundary',
        present: ['PermissionsBoundary'],
        actions: ['iam:DeleteRolePermissionsBoundary'],
        reason: 'a role keeps its boundary, and this action is called only to remove one',
      },
    ],
    actsOn: {
      itself: (r) => on(roleArn(r)),
      others: {},
      itselfFor: {
        'iam:CreateRole': roleWithBoundary,
        'iam:PutRolePermissionsBoundary': roleWithBoundary,
        'iam:AttachRolePolicy': roleWithEachPolicy,
        'iam:DetachRolePolicy': roleWithEachPolicy,
      },
    },
  },
  'AWS::IAM::ManagedPolicy': {
    ...IAM,
    access: { policy: 'managed', carriers: 'many', namedBy: { role: 'Roles', user: 'Users', group: 'Groups' } },
    read: (r) => ({ managedPolicies: [policyArn(r)] }),
    names: (r) => [policyArn(r)],
    standIn: { ref: policyArn, attributes: { PolicyArn: policyArn } },
    tags: 'none',
    handlers: REGISTRY_HANDLERS['AWS::IAM::ManagedPolicy'],
    unusedFeatures: [
      {
        feature: 'roles that the policy is attached to',
        absent: ['Roles'],
        actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        reason: 'a boundary policy is attached to no role',
      },
      {
        feature: 'users that the policy is attached to',
        absent: ['Users'],
        actions: ['iam:AttachUserPolicy', 'iam:DetachUserPolicy'],
        reason: 'the policy is attached to no user',
      },
      {
        feature: 'groups that the policy is attached to',
        absent: ['Groups'],
        actions: ['iam:AttachGroupPolicy', 'iam:DetachGroupPolicy'],
        reason: 'no environment file names groups',
      },
    ],
    actsOn: {
      itself: (r) => on(policyArn(r)),
      itselfFor: {},
      others: {
        'iam:AttachRolePolicy': attachmentTargets('role', 'Roles'),
        'iam:DetachRolePolicy': attachmentTargets('role', 'Roles'),
        'iam:AttachUserPolicy': attachmentTargets('user', 'Users'),
        'iam:DetachUserPolicy': attachmentTargets('user', 'Users'),
      },
    },
  },
  'AWS::IAM::OIDCProvider': {
    ...IAM,
    access: 'none',
    names: unnamed,
    standIn: { ref: providerArn, attributes: { Arn: providerArn } },
    tags: 'Tags',
    handlers: REGISTRY_HANDLERS['AWS::IAM::OIDCProvider'],
    unusedFeatures: [],
    actsOn: onItself((r) => on(providerArn(r))),
  },
  'AWS::IAM::InstanceProfile': {
    ...IAM,
    access: 'none',
    read: (r) => ({ wholeResources: [wholeResource(r, resourceName(r, 'InstanceProfileName'))] }),
    names: (r) => [instanceProfileArn(r)],
    standIn: {
      ref: (r) => resourceName(r, 'InstanceProfileName'),
      attributes: { Arn: instanceProfileArn },
    },
    tags: 'none',
    handlers: REGISTRY_HANDLERS['AWS::IAM::InstanceProfile'],
    unusedFeatures: [],
    actsOn: {
      itself: (r) => on(instanceProfileArn(r)),
      itselfFor: {},
      others: {
        'iam:PassRole': (r, roles) =>
          texts(r, 'Roles').flatMap((name) => {
            const role = roles.get(name);
            return role === undefined ? [] : [passedTo(role.arn, EC2)];
          }),
      },
    },
  },
  'AWS::IAM::User': {
    ...ONLY_READ,
    access: { principal: 'user' },
    names: (r) => [userArn(r)],
    standIn: { ref: (r) => resourceName(r, 'UserName'), attributes: { Arn: userArn } },
  },
  'AWS::IAM::Policy': {
    ...ONLY_READ,
    access: { policy: 'inline', carriers: 'many', namedBy: { role: 'Roles', user: 'Users', group: 'Groups' } },
    names: unnamed,
    standIn: NO_STAND_IN,
  },
  'AWS::IAM::RolePolicy': {
    ...ONLY_READ,
    access: { policy: 'inline', carriers: 'one', namedBy: { role: 'RoleName' } },
    names: unnamed,
    standIn: NO_STAND_IN,
  },
  'AWS::IAM::UserPolicy': {
    ...ONLY_READ,
    access: { policy: 'inline', carriers: 'one', namedBy: { user: 'UserName' } },
    names: unnamed,
    standIn: NO_STAND_IN,
  },
} satisfies Readonly<Record<string, ResourceType>>;

const NO_ACCESS = { access: 'none', standIn: NO_STAND_IN } as const;

/** Types of IAM that the templates of other apps may contain (`lib/testing`). Templates of this project may not. */
export const OTHER_IAM_TYPES: Readonly<Record<string, Pick<ResourceType, 'access' | 'standIn'>>> = {
  'AWS::IAM::Group': {
    access: { principal: 'group' },
    standIn: {
      ref: (r) => resourceName(r, 'GroupName'),
      attributes: { Arn: (r) => iamArn(r, 'group', 'GroupName') },
    } satisfies StandIn,
  },
  'AWS::IAM::GroupPolicy': {
    access: { policy: 'inline', carriers: 'one', namedBy: { group: 'GroupName' } },
    standIn: NO_STAND_IN,
  },
  'AWS::IAM::AccessKey': NO_ACCESS,
  'AWS::IAM::SAMLProvider': NO_ACCESS,
  'AWS::IAM::ServerCertificate': NO_ACCESS,
  'AWS::IAM::ServiceLinkedRole': NO_ACCESS,
  'AWS::IAM::UserToGroupAddition': NO_ACCESS,
  'AWS::IAM::VirtualMFADevice': NO_ACCESS,
};
