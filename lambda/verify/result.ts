import { ASKED_PROBES } from '../aliases/alias';

/** What a probe may find. */
export const OUTCOMES = ['allowed', 'denied', 'unavailable', 'inconclusive'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Calls that must be denied: ways to a model around the profiles of an application. */
export const DENIED_PROBES = [
  'foreign-profile',
  'missing-profile',
  'bare-model',
  'destination-model',
  'system-profile',
  'other-region',
  'no-guardrail',
  'bearer-token',
  'mantle',
] as const;

export type DeniedProbe = (typeof DENIED_PROBES)[number];

/** What the verification function tries; `control` shows that what must be denied could have failed. */
export const PROBES = [...ASKED_PROBES, 'control', ...DENIED_PROBES] as const;

export type ProbeName = (typeof PROBES)[number];

/** One call that was to be allowed or denied, and what came of it. */
export interface ProbeResult {
  readonly application: string;
  readonly alias: string;
  readonly generation: string;
  readonly modelId: string;
  readonly routing: string;
  readonly probe: ProbeName;
  readonly expected: 'allowed' | 'denied';
  readonly outcome: Outcome;
  /** True when `outcome` is what was expected. */
  readonly asIntended: boolean;
  /** ARN of the role whose session made the call. */
  readonly principal: string;
  /** What was passed as `modelId`. */
  readonly target: string;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cacheReadTokens?: number;
  readonly cacheWriteTokens?: number;
  /** Length of the vector that an embedding model answered. */
  readonly vectorLength?: number;
  /** Region whose endpoint was called, where it is not the environment's. */
  readonly calledRegion?: string;
  /** Duration of the last attempt. */
  readonly milliseconds: number;
  /** From the start of the last attempt to the first piece of text. */
  readonly firstTokenMilliseconds?: number;
  /** How often the call was tried, of however many requests it is; 0 when the probe never got that far. */
  readonly attempts: number;
  readonly requestId?: string;
  /** Error name of the SDK and HTTP status, when there was one. */
  readonly error?: { readonly name: string; readonly status?: number; readonly message: string };
  /** Out of an IAM denial: what was refused. */
  readonly deniedAction?: string;
  /** Out of an IAM denial: on what it was refused. */
  readonly deniedArn?: string;
  readonly cause?: string;
  readonly remedy?: string;
  /** Present where what went wrong may pass though nobody does anything: a throttle, a failing service, want of time. */
  readonly passes?: true;
  /** Present where the file does not ask for the probe: the catalog says that the model can do it. */
  readonly byCatalog?: true;
}

/** What AWS does not document and nobody could test before: each is asked of the account that is verified. */
export const FACTS = ['system-profile-grant', 'guardrail-condition', 'cache-metrics', 'counted-once'] as const;

export type Fact = (typeof FACTS)[number];

/** What a run showed about a fact, or why it could not show it. */
export interface SettledFact {
  readonly fact: Fact;
  readonly application: string;
  readonly alias: string;
  /** Present where the answer may be another for another routing. */
  readonly routing?: string;
  readonly settled: boolean;
  /** One sentence: what this account showed, or why it did not. */
  readonly answer: string;
  /** Of the call that decided. */
  readonly requestId?: string;
  /** Out of the IAM denial that decided: on what the call was refused. */
  readonly deniedArn?: string;
  /** Names of the CloudWatch metrics that were found. */
  readonly metrics?: readonly string[];
}

/** What one run of the verification function answers. */
export interface VerificationResult {
  readonly schemaVersion: 1;
  readonly environment: string;
  readonly region: string;
  readonly milliseconds: number;
  readonly probes: readonly ProbeResult[];
  /** Absent in a gate's run, and from a function that was deployed before there were any. */
  readonly settled?: readonly SettledFact[];
  /** Present where results are left out of an answer that would be too long: how many, and where they are. */
  readonly shortened?: string;
}
