import type { Guardrail } from './call';

/** The probes a generation asks for. */
export const ASKED_PROBES = ['text', 'stream', 'embed'] as const;

/** What an alias stood for at one time, and how that is called. */
export interface Generation {
  readonly generation: string;
  readonly profileArn: string;
  readonly modelId: string;
  readonly routing: string;
  /** Absent where the model has no system-defined profile in this Region. */
  readonly systemProfileId?: string;
  readonly probes: readonly (typeof ASKED_PROBES)[number][];
}

/** The stable name an application calls a model by. */
export interface Alias {
  readonly application: string;
  readonly alias: string;
  readonly guardrail?: Guardrail;
  /** The generation whose profile the alias gives to its callers. */
  readonly served: Generation;
  readonly generations: readonly Generation[];
}

/** An alias whose parameters do not say what to verify. */
export interface UnreadableAlias {
  readonly application: string;
  readonly alias: string;
  /** What the alias gives to its callers, empty when it gives nothing. */
  readonly profileArn: string;
  readonly cause: string;
}
