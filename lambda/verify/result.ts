import { ALLOWED_PROBES } from '../aliases/alias';

/** Possible outcomes of a probe. */
export const OUTCOMES = ['allowed', 'denied', 'unavailable', 'inconclusive'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Probes that must be denied and run once for each application, whatever its models are. */
export const DENIED_ONCE = ['foreign-profile', 'missing-profile', 'bearer-token', 'mantle'] as const;

/** Probes that must be denied and run for every generation with which they are possible. */
export const DENIED_EACH = [
  'bare-model',
  'destination-model',
  'system-profile',
  'other-region',
  'no-guardrail',
  'other-tier',
] as const;

/** Probes that must be denied: calls of a model around the profiles of an application. */
export const DENIED_PROBES = [...DENIED_ONCE, ...DENIED_EACH] as const;

export type DeniedProbe = (typeof DENIED_PROBES)[number];

/** All probes. `control` is a call that must be allowed, so that the denials of the same role prove something. */
export const PROBES = [...ALLOWED_PROBES, 'control', ...DENIED_PROBES] as const;

export type ProbeName = (typeof PROBES)[number];

/** The result of one call that must be allowed or denied. */
export interface ProbeResult {
  readonly application: string;
  readonly alias: string;
  readonly generation: string;
  readonly modelId: string;
  readonly routing: string;
  readonly probe: ProbeName;
  readonly expected: 'allowed' | 'denied';
  readonly outcome: Outcome;
  /** True when `outcome` equals `expected`. */
  readonly asIntended: boolean;
  /** ARN of the role whose session made the call. */
  readonly principal: string;
  /** Value of the parameter `modelId` of the call. */
  readonly target: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Length of the vector in the answer of an embedding model. */
  readonly vectorLength?: number;
  /** Region whose endpoint was called, if it differs from the environment's Region. */
  readonly calledRegion?: string;
  /** Duration of the last attempt, in milliseconds. */
  readonly milliseconds: number;
  /** Time from the start of the last attempt to the first piece of text, in milliseconds. */
  readonly firstTokenMilliseconds?: number;
  /** Number of attempts at the call, each of one or several requests; 0 if the call was never made. */
  readonly attempts: number;
  readonly requestId?: string;
  /** Name, HTTP status and message of the SDK's error, if there was one. */
  readonly error?: { readonly name: string; readonly status?: number; readonly message: string };
  /** Action that IAM denied. */
  readonly deniedAction?: string;
  /** ARN of the resource on which IAM denied the action. */
  readonly deniedArn?: string;
  readonly cause?: string;
  readonly remedy?: string;
  /**
   * True if the problem may pass without any action: a throttle, a failing service, lack of time.
   */
  readonly passes?: true;
  /** True if only the catalog asks for the probe, not the environment file. */
  readonly byCatalog?: true;
}

/**
 * Facts that AWS does not document and that could not be tested before. Each is settled in the account that is
 * verified.
 */
export const FACTS = ['system-profile-grant', 'guardrail-condition', 'cache-metrics', 'counted-once'] as const;

export type Fact = (typeof FACTS)[number];

/** The answer of a run about a fact, or the reason why it has none. */
export interface SettledFact {
  readonly fact: Fact;
  readonly application: string;
  readonly alias: string;
  /** Routing, present if the answer may differ between routings. */
  readonly routing?: string;
  readonly settled: boolean;
  /** One sentence: the answer in this account, or the reason why there is none. */
  readonly answer: string;
  /** Request id of the call that settled the fact. */
  readonly requestId?: string;
  /** ARN of the resource in the IAM denial that settled the fact. */
  readonly deniedArn?: string;
  /** Names of the CloudWatch metrics that settled the fact. */
  readonly metrics?: readonly string[];
}

/** The answer of one run of the verification function. */
export interface VerificationResult {
  readonly schemaVersion: 1;
  readonly environment: string;
  readonly region: string;
  readonly milliseconds: number;
  readonly probes: readonly ProbeResult[];
  /** Absent in the result of a gate, and in results of functions that were deployed before this field was added. */
  readonly settled?: readonly SettledFact[];
  /** Sentence about results that are omitted because the answer would be too long: how many, and where they are. */
  readonly shortened?: string;
}
