import { REGISTRY_HANDLERS } from '../../catalog/resource-handlers';
import type { RequestContext } from '../../iam/match/access-request';
import type { Resource } from '../resource/resource';
import { text, texts } from '../resource/resource-properties';
import { type Concerns, on } from './concern';
import { madeUpName, named, token } from './made-up-name';
import { globalArn } from './resource-arn';
import { NO_STAND_IN, notRead, onItself, type ResourceType, type StandIn, unnamed } from './resource-type';

const iamArn = (r: Resource, kind: string, property: string): string => {
  const path = r.property('Path');
  return globalArn(r, 'iam', `${kind}${typeof path === 'string' ? path : '/'}${named(r, property)}`);
};
const roleArn = (r: Resource): string => iamArn(r, 'role', 'RoleName');
const userArn = (r: Resource): string => iamArn(r, 'user', 'UserName');
const policyArn = (r: Resource): string => iamArn(r, 'policy', 'ManagedPolicyName');
const providerArn = (r: Resource): string =>
  globalArn(r, 'iam', `oidc-provider/${String(r.property('Url')).replace('https://', '')}`);

const boundaryOf = (boundary: string | undefined): RequestContext =>
  boundary === undefined ? {} : { 'iam:PermissionsBoundary': [boundary] };

const bounded: Concerns = (r) => {
  const boundary = r.property('PermissionsBoundary') === undefined ? undefined : text(r, 'PermissionsBoundary');
  return [{ resource: roleArn(r), context: boundaryOf(boundary) }];
};

/** Each policy that a role lists by itself. */
const listed: Concerns = (r) =>
  texts(r, 'ManagedPolicyArns').map((policy) => ({ resource: roleArn(r), context: { 'iam:PolicyARN': [policy] } }));

/** A role or user that the templates name: their own, or one that exists already, whose path nobody here knows. */
function attached(kind: 'role' | 'user', property: 'Roles' | 'Users'): Concerns {
  return (r, roles) =>
    texts(r, property).flatMap((name) => {
      const own = kind === 'role' ? roles.get(name) : undefined;
      const existing = [name, `some/path/${name}`].map((path) => globalArn(r, 'iam', `${kind}/${path}`));
      const context = { 'iam:PolicyARN': [policyArn(r)], ...boundaryOf(own?.boundary) };
      return (own === undefined ? existing : [own.arn]).map((resource) => ({ resource, context }));
    });
}

/** What holds for every type of IAM. */
const IAM = { regions: 'own and billing', read: notRead, judgedByGate: true, charge: 'free' } as const;

/** A type that templates of this project never have; somebody may add it to them, and then it is read. */
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
      ref: (r) => named(r, 'RoleName'),
      attributes: { Arn: roleArn, RoleId: (r) => `AROA${token(madeUpName(r), 17).toUpperCase()}` },
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
        feature: 'managed policies that the role lists',
        absent: ['ManagedPolicyArns'],
        actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        reason: "a policy lists its roles, and the policy's handler attaches it",
      },
      {
        feature: 'no permissions boundary',
        present: ['PermissionsBoundary'],
        actions: ['iam:DeleteRolePermissionsBoundary'],
        reason: 'a role keeps its boundary; only a role that loses it is changed by this action',
      },
    ],
    actsOn: {
      itself: (r) => on(roleArn(r)),
      others: {},
      itselfFor: {
        'iam:CreateRole': bounded,
        'iam:PutRolePermissionsBoundary': bounded,
        'iam:AttachRolePolicy': listed,
        'iam:DetachRolePolicy': listed,
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
        feature: 'roles that carry the policy',
        absent: ['Roles'],
        actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        reason: 'a boundary policy is attached to no role',
      },
      {
        feature: 'users that carry the policy',
        absent: ['Users'],
        actions: ['iam:AttachUserPolicy', 'iam:DetachUserPolicy'],
        reason: 'the policy is attached to no user',
      },
      {
        feature: 'groups that carry the policy',
        absent: ['Groups'],
        actions: ['iam:AttachGroupPolicy', 'iam:DetachGroupPolicy'],
        reason: 'no environment file names groups',
      },
    ],
    actsOn: {
      itself: (r) => on(policyArn(r)),
      itselfFor: {},
      others: {
        'iam:AttachRolePolicy': attached('role', 'Roles'),
        'iam:DetachRolePolicy': attached('role', 'Roles'),
        'iam:AttachUserPolicy': attached('user', 'Users'),
        'iam:DetachUserPolicy': attached('user', 'Users'),
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
  'AWS::IAM::User': {
    ...ONLY_READ,
    access: { principal: 'user' },
    names: (r) => [userArn(r)],
    standIn: { ref: (r) => named(r, 'UserName'), attributes: { Arn: userArn } },
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

/** Types of IAM that templates of other apps have (`lib/testing`). An account of this project refuses them. */
export const OTHER_IAM_TYPES: Readonly<Record<string, Pick<ResourceType, 'access' | 'standIn'>>> = {
  'AWS::IAM::Group': {
    access: { principal: 'group' },
    standIn: {
      ref: (r) => named(r, 'GroupName'),
      attributes: { Arn: (r) => iamArn(r, 'group', 'GroupName') },
    } satisfies StandIn,
  },
  'AWS::IAM::GroupPolicy': {
    access: { policy: 'inline', carriers: 'one', namedBy: { group: 'GroupName' } },
    standIn: NO_STAND_IN,
  },
  'AWS::IAM::AccessKey': NO_ACCESS,
  'AWS::IAM::InstanceProfile': NO_ACCESS,
  'AWS::IAM::SAMLProvider': NO_ACCESS,
  'AWS::IAM::ServerCertificate': NO_ACCESS,
  'AWS::IAM::ServiceLinkedRole': NO_ACCESS,
  'AWS::IAM::UserToGroupAddition': NO_ACCESS,
  'AWS::IAM::VirtualMFADevice': NO_ACCESS,
};
