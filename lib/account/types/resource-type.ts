import type { AwsPrice } from '../../catalog/aws-prices';
import type { ResourceHandlers } from '../../catalog/resource-handlers';
import type { Account } from '../account';
import type { Resource } from '../resource/resource';
import type { ActionTargets } from './action-target';

/**
 * Everything that this project must know about a CloudFormation type before its templates may contain a resource of it.
 *
 * Every field is required, so that the compiler demands each of them when a type is added. All code that needs a list
 * of types derives it from these entries. `docs/decisions/resource-types.md` explains why.
 */
export interface ResourceType {
  /** Stacks that may contain it: those in the environment's own Region, or also the billing stacks in us-east-1. */
  readonly regions: 'own' | 'own and billing';
  /** The part that it plays in granting access. */
  readonly access: Access;
  /** Reads one resource into the lists of an account. Principals are read from all resources together, by `access`. */
  readonly read: (resource: Resource, all: readonly Resource[]) => AccountParts;
  /** Returns the names by which a finding may identify it. Two resources with the same name are a finding. */
  readonly names: (resource: Resource) => readonly string[];
  /** Made-up values of `Ref` and `Fn::GetAtt`, for templates that refer to it. */
  readonly standIn: StandIn;
  /** Name of the property that holds its tags. */
  readonly tags: 'Tags' | 'ResourceTags' | 'none';
  /**
   * IAM actions that CloudFormation calls for it. While they are unknown, no execution policy can be proven to suffice.
   */
  readonly handlers: ResourceHandlers | 'unknown';
  /** Features that templates of this project do not use, and the actions that are therefore not called. */
  readonly unusedFeatures: readonly UnusedFeature[];
  /** Resources that the actions of its handlers are called on. */
  readonly actsOn: ActsOn;
  /**
   * True when a change of it calls the gate of its stack again. False only for a type that cannot change who has
   * access.
   */
  readonly judgedByGate: boolean;
  /** Price of one resource that nobody uses: free, charged by use alone, or a price. */
  readonly charge: 'free' | 'by use' | AwsPrice;
}

export type PrincipalKind = 'role' | 'user' | 'group';

/** The part that a type plays in granting access: it is a principal, a policy, or neither. */
export type Access = 'none' | { readonly principal: PrincipalKind } | PolicyAccess;

/** A type of policy, with the properties that name its carriers: the principals that it is attached to. */
export interface PolicyAccess {
  readonly policy: 'managed' | 'inline';
  /** `many` when a property holds a list of carriers, `one` when it holds a single carrier. */
  readonly carriers: 'many' | 'one';
  /** Name of the property that holds the carriers of each kind. */
  readonly namedBy: Readonly<Partial<Record<PrincipalKind, string>>>;
}

/** Lists of an account to which a resource adds entries. */
export type AccountParts = Partial<
  Pick<Account, 'profiles' | 'parameters' | 'functions' | 'gates' | 'budgets' | 'wholeResources' | 'managedPolicies'>
>;

/** Made-up values of `Ref` and `Fn::GetAtt`, in the formats of the CloudFormation resource reference. */
export interface StandIn {
  /**
   * Value of `Ref`.
   *
   * @default - unknown: no template of this project uses it, or AWS does not document it
   */
  readonly ref?: (resource: Resource) => string;
  readonly attributes: Readonly<Record<string, (resource: Resource) => unknown>>;
}

/** The resources that the actions of a type's handlers are called on. */
export interface ActsOn {
  /** The resource itself, for every action that is not listed below. */
  readonly itself: ActionTargets;
  /** The resource itself, for actions that IAM checks with another form of its ARN or with more condition keys. */
  readonly itselfFor: Readonly<Record<string, ActionTargets>>;
  /** Other resources, by action. */
  readonly others: Readonly<Record<string, ActionTargets>>;
}

/** Every action is called on the resource itself. */
export const onItself = (itself: ActionTargets): ActsOn => ({ itself, itselfFor: {}, others: {} });

/** A feature that templates do not use, with the actions of the handlers that only this feature needs. */
export interface UnusedFeature {
  /** Name of the feature, such as `inline policies`. */
  readonly feature: string;
  /**
   * Properties that enable the feature, with dots for nested ones. The feature is unused when all of them are absent.
   *
   * @default - none
   */
  readonly absent?: readonly string[];
  /**
   * Properties whose absence enables the feature. The feature is unused when all of them are present.
   *
   * @default - none
   */
  readonly present?: readonly string[];
  /**
   * True when the actions are called on another, unknown resource.
   *
   * @default false
   */
  readonly elsewhere?: boolean;
  readonly actions: readonly string[];
  readonly reason: string;
}

/** Reads nothing into the account, because the resource grants no access. */
export const notRead = (): AccountParts => ({});
/** Returns no names: findings identify the resource by its logical ID. */
export const unnamed = (): readonly string[] => [];
/** Stand-in of a type that no template refers to. */
export const NO_STAND_IN: StandIn = { attributes: {} };
