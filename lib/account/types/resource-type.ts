import type { AwsPrice } from '../../catalog/aws-prices';
import type { ResourceHandlers } from '../../catalog/resource-handlers';
import type { Account } from '../account';
import type { Resource } from '../resource/resource';
import type { Concerns } from './concern';

/**
 * Everything that this project has to know about a CloudFormation type before its templates may contain one.
 *
 * Every field is required: the compiler asks whoever adds a type for each answer, and whatever used to keep a list of
 * types derives it from here. `docs/decisions/resource-types.md` says why.
 */
export interface ResourceType {
  /** Stacks that may have it: those in the environment's own Region, or those of billing in us-east-1 as well. */
  readonly regions: 'own' | 'own and billing';
  /** How it takes part in giving access. */
  readonly access: Access;
  /** What an account has of one resource; principals are read from all resources together, by `access`. */
  readonly read: (resource: Resource, all: readonly Resource[]) => AccountParts;
  /** Names by which a finding may call it. Two resources that share one are a finding. */
  readonly names: (resource: Resource) => readonly string[];
  /** What templates that refer to it read. */
  readonly standIn: StandIn;
  /** Property that holds its tags. */
  readonly tags: 'Tags' | 'ResourceTags' | 'none';
  /** IAM actions that CloudFormation calls for it; where they are unknown, no execution policy is proven. */
  readonly handlers: ResourceHandlers | 'unknown';
  /** Features that templates of this project leave unused, with the actions that are then not called. */
  readonly unusedFeatures: readonly UnusedFeature[];
  readonly actsOn: ActsOn;
  /** Whether the gate of its stack is called again when it changes: it is, unless the type cannot change who has access. */
  readonly judgedByGate: boolean;
  /** What one of them costs while nobody uses it: nothing, nothing until it is used, or a price. */
  readonly charge: 'free' | 'by use' | AwsPrice;
}

export type PrincipalKind = 'role' | 'user' | 'group';

/** A principal, a policy, or neither. */
export type Access = 'none' | { readonly principal: PrincipalKind } | PolicyAccess;

/** A policy, and the properties that name who carries it. */
export interface PolicyAccess {
  readonly policy: 'managed' | 'inline';
  /** Whether a property names several carriers or one. */
  readonly carriers: 'many' | 'one';
  readonly namedBy: Readonly<Partial<Record<PrincipalKind, string>>>;
}

/** Lists of an account to which a resource adds entries. */
export type AccountParts = Partial<
  Pick<Account, 'profiles' | 'parameters' | 'functions' | 'gates' | 'budgets' | 'wholeResources' | 'managedPolicies'>
>;

/** What `Ref` and `Fn::GetAtt` give, from the CloudFormation resource reference. */
export interface StandIn {
  /**
   * What `Ref` gives.
   *
   * @default - no template of this project asks for it, or AWS does not document it
   */
  readonly ref?: (resource: Resource) => string;
  readonly attributes: Readonly<Record<string, (resource: Resource) => unknown>>;
}

/** What its handlers' actions are done on. */
interface ActsOn {
  /** The resource: every action that is not listed below is done on it. */
  readonly itself: Concerns;
  /** Actions on the resource that IAM sees with another form of its ARN, or with more condition keys. */
  readonly itselfFor: Readonly<Record<string, Concerns>>;
  /** Actions on something else. */
  readonly others: Readonly<Record<string, Concerns>>;
}

/** Every action is done on the resource. */
export const onItself = (itself: Concerns): ActsOn => ({ itself, itselfFor: {}, others: {} });

/** Actions of a handler that are not called when a template does not use a feature. */
export interface UnusedFeature {
  /** Name of the feature, such as `inline policies`. */
  readonly feature: string;
  /**
   * Properties that use the feature, with dots for nested ones. The feature is unused when all of them are absent.
   *
   * @default - none
   */
  readonly absent?: readonly string[];
  /**
   * Properties whose absence uses the feature. The feature is unused when all of them are present.
   *
   * @default - none
   */
  readonly present?: readonly string[];
  /**
   * True when the actions are called on another resource, which is not known.
   *
   * @default false
   */
  readonly elsewhere?: boolean;
  readonly actions: readonly string[];
  readonly reason: string;
}

/** An account keeps nothing of the resource: it gives nobody access. */
export const notRead = (): AccountParts => ({});
/** No finding calls it by a name of its own. */
export const unnamed = (): readonly string[] => [];
/** No template refers to it. */
export const NO_STAND_IN: StandIn = { attributes: {} };
