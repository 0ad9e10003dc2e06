import type { AccessRequest } from '../../iam/match/access-request';
import type { MissingStatement } from './missing-statement';

/**
 * Kinds of violations, in the order in which they are reported: first what gives too much, then what gives too little,
 * last what is unknown.
 *
 * `coverage`: the proof did not look at what the plan has. `excess`: allowed and not intended. `escalation`: a way to more
 * rights. `boundary`, `trust`: a boundary or a trust policy by itself is not the intended one. `resource`: the templates
 * differ from the plan in something that is no policy. `missing`: intended and not allowed. `outer`: a policy of an
 * organization, a session or an endpoint takes intended access away. `undecided`: not understood, so not proven. `call`: a
 * whole call, as Bedrock makes it, is answered otherwise than intended.
 */
export const VIOLATION_KINDS = [
  'coverage',
  'escalation',
  'excess',
  'boundary',
  'trust',
  'resource',
  'missing',
  'outer',
  'undecided',
  'call',
] as const;

export type ViolationKind = (typeof VIOLATION_KINDS)[number];

/** One thing that stands between the templates and a proof, as a sentence with its witness. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly message: string;
  /** Whom it is about, such as `role dev_support-chat_lambda`. */
  readonly principals: readonly string[];
  /** ARN or name of what in the account is at fault; the templates' resource of this name made it. */
  readonly about: string;
  /**
   * A request that shows it.
   *
   * @default - it shows without one
   */
  readonly witness?: AccessRequest;
  /** The policy and the statement that decide. */
  readonly decidedBy?: { readonly policy: string; readonly sid?: string };
  /** What the plan has and the templates lack. */
  readonly missing?: MissingStatement;
  /** Classes of requests it is about; 1 where it is about none. */
  readonly classes: number;
}

/** What a proof went through. */
export interface Coverage {
  /** Principals whose whole access was compared with the plan, and how many the plan has. */
  readonly principals: number;
  readonly plannedPrincipals: number;
  /** Roles and users that exist already: what the templates add to them was compared, their other policies were not seen. */
  readonly existing: number;
  readonly plannedExisting: number;
  readonly profiles: number;
  readonly plannedProfiles: number;
  readonly boundaries: number;
  readonly trustPolicies: number;
  /** Applications that were proven to be denied their profiles at their limit, and how many the plan denies them. */
  readonly denials: number;
  readonly plannedDenials: number;
  /** Statements of the templates' policies that were understood, and all of them. */
  readonly understood: number;
  readonly statements: number;
  /** Classes of requests, each counted once for all principals that share their policies. */
  readonly classes: number;
  /** Classes by principal, boundary and trust policy, and single checks of whole calls. */
  readonly decisions: number;
  /** Decisions that are allowed as intended. */
  readonly allowed: number;
  /** Decisions that are denied, since nothing intends them. */
  readonly denied: number;
  /** Whole calls, each under every reading of the system profile. */
  readonly calls: number;
  /** Statements that were not understood. */
  readonly refused: number;
  /** What was not looked at, a line each. */
  readonly skipped: readonly string[];
}

export interface Proof {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Errors first those that give too much; empty: proven. */
  readonly violations: readonly Violation[];
  readonly coverage: Coverage;
  /** For every role and user that exists already: what the templates add to it, never more than that. */
  readonly adds: readonly { readonly principal: string; readonly what: readonly string[] }[];
}

/** Counts of one part of a proof. */
export interface Counts {
  readonly classes: number;
  readonly decisions: number;
  readonly allowed: number;
  readonly denied: number;
}

export interface Part {
  readonly counts: Counts;
  readonly violations: readonly Violation[];
}
