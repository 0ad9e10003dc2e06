import type { JsonMap } from '../../catalog/json-map';
import type { AccessRequest } from '../../iam/match/access-request';
import type { MissingStatement } from './missing-statement';

/**
 * Kinds of violations, in the order in which they are reported: first those that give too much access, then those that
 * give too little, then those that are not known.
 *
 * - `coverage`: the templates lack a part of the plan, or come from another plan, so the proof did not examine all of
 *   it.
 * - `assembly`: an existing assembly differs from the one that this checkout synthesizes from the same file.
 * - `escalation`: a principal can gain more permissions.
 * - `excess`: a request is allowed but not intended.
 * - `boundary`, `trust`: a boundary or a trust policy is not the intended one.
 * - `resource`: the templates differ from the plan in a resource that is not a policy.
 * - `missing`: a request is intended but not allowed.
 * - `outer`: a policy of an organization, a session or an endpoint denies intended access.
 * - `undecided`: something is not understood, so nothing is proven about it.
 * - `call`: the decision on a whole call, as Bedrock makes it, is not the intended one.
 */
export const VIOLATION_KINDS = [
  'coverage',
  'assembly',
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

/** What fails when intended requests are denied. */
type Broken = 'calls' | 'look-ups' | 'own work';

/** One kind of request that a policy outside the templates denies. */
export interface DeniedKind {
  readonly breaks: Broken;
  readonly action: string;
  /** Type of the resource, such as `foundation model`. */
  readonly on: string;
  /** The reading of the AWS documentation under which Bedrock makes the request; absent if it does under each. */
  readonly reading?: 'without-key' | 'with-key';
  readonly regions: readonly string[];
  readonly requests: number;
}

/** A change that lets denied requests pass. */
export interface Remedy {
  readonly change: string;
  /** The whole statement as it is to be written. */
  readonly statement?: JsonMap;
  /** What the change permits beside the intended requests. */
  readonly opens?: string;
}

/** A reason why the templates are not proven: a message, and a request that shows the problem. */
export interface Violation {
  readonly kind: ViolationKind;
  readonly message: string;
  /** The principals that the violation concerns, such as `role dev_support-chat_lambda`. */
  readonly principals: readonly string[];
  /** ARN or name that the violation concerns; it leads to the resource of the templates that is to be corrected. */
  readonly about: string;
  /**
   * A request that shows the violation.
   *
   * @default - no request is needed to show it
   */
  readonly witness?: AccessRequest;
  /** The policy and the statement that decide the request. */
  readonly decidedBy?: { readonly policy: string; readonly sid?: string };
  /** The statement that the plan has and the templates lack. */
  readonly missing?: MissingStatement;
  /** What fails first, if a policy outside the templates denies intended requests. */
  readonly breaks?: Broken;
  /** Every kind of request that a policy outside the templates denies, once: calls of models first. */
  readonly denied?: readonly DeniedKind[];
  /** Changes that let the denied requests pass: changes of the file first. */
  readonly remedies?: readonly Remedy[];
  /** A difference from the assembly that this checkout synthesizes, with both values as JSON. */
  readonly difference?: {
    /** A file of the assembly, or a stack and a resource in it. */
    readonly place: string;
    readonly path: string;
    readonly found: string;
    readonly expected: string;
  };
  /** Number of request classes that the violation concerns; 1 when it does not concern requests. */
  readonly classes: number;
}

/** Sorts violations by kind, in the order of `VIOLATION_KINDS`. */
export function sortViolations(violations: readonly Violation[]): readonly Violation[] {
  return [...violations].sort((a, b) => VIOLATION_KINDS.indexOf(a.kind) - VIOLATION_KINDS.indexOf(b.kind));
}

/** Counts of what a proof examined. */
export interface Coverage {
  /** Principals whose complete access was compared with the plan, and the number of such principals in the plan. */
  readonly principals: number;
  readonly plannedPrincipals: number;
  /** Existing roles and users. The access that the templates add was compared; their other policies are not known. */
  readonly existing: number;
  readonly plannedExisting: number;
  readonly profiles: number;
  readonly plannedProfiles: number;
  readonly boundaries: number;
  readonly trustPolicies: number;
  /**
   * Applications that are proven to lose their profiles at their limit, and the number of applications with a limit.
   */
  readonly denials: number;
  readonly plannedDenials: number;
  /** Statements of the templates' policies that were understood, and the number of all statements. */
  readonly understood: number;
  readonly statements: number;
  /** Request classes. Principals with the same policies share their classes, which are counted once. */
  readonly classes: number;
  /** Decisions on the classes of each principal and boundary, on requests to assume roles, and under outer policies. */
  readonly decisions: number;
  /** Requests that are allowed as intended. */
  readonly allowed: number;
  /** Requests that are denied as intended. */
  readonly denied: number;
  /** Number of whole calls. Each call is counted once for every reading of the system profile. */
  readonly calls: number;
  /** Statements that were not understood. */
  readonly refused: number;
  /** A line for each thing that was not examined. */
  readonly skipped: readonly string[];
}

export interface Proof {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Violations in the order of `VIOLATION_KINDS`. Empty when the templates are proven. */
  readonly violations: readonly Violation[];
  readonly coverage: Coverage;
  /** The access that the templates add to each existing role and user, in words. */
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
