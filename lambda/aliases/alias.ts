/** Probes that must be allowed. Each generation asks for some of them. */
export const ALLOWED_PROBES = [
  'text',
  'system',
  'turns',
  'sampling',
  'stream',
  'tools',
  'image',
  'document',
  'cache',
  'embed',
] as const;

export type AllowedProbe = (typeof ALLOWED_PROBES)[number];

/** The target of a call in another Region. */
export interface Elsewhere {
  readonly region: string;
  /** Id of a model or of a system-defined profile. */
  readonly target: string;
}

/** A guardrail and its version. */
export interface Guardrail {
  readonly id: string;
  readonly version: string;
}

/** The model that an alias stood for at one time, and how it is called. */
export interface Generation {
  readonly generation: string;
  readonly profileArn: string;
  readonly modelId: string;
  readonly routing: string;
  /** Absent if the model has no system-defined profile in this Region. */
  readonly systemProfileId?: string;
  readonly probes: readonly AllowedProbe[];
  /** Fields of a Converse request with every sampling parameter that the model accepts. */
  readonly sampling?: Readonly<Record<string, unknown>>;
  /** True when the model accepts a tool choice that names the tool. */
  readonly forcedTool?: boolean;
  /** Minimum length of a prefix that a cache point stores, in tokens. */
  readonly cacheTokens?: number;
  /** Length of the vector that the model returns if the request does not set one. */
  readonly vectorLength?: number;
  /** The model itself in a Region where a call through the profile may land. */
  readonly destination?: Elsewhere;
  /** The model in a Region where no call through the profile may land. */
  readonly outside?: Elsewhere;
}

/** The stable name by which an application calls a model. */
export interface Alias {
  readonly application: string;
  readonly alias: string;
  readonly guardrail?: Guardrail;
  /** Service tiers that a call may name. Absent in parameters that were written before there was a choice. */
  readonly tiers?: readonly string[];
  /** Probes that the environment file names. Absent if the catalog alone chose the probes. */
  readonly asked?: readonly string[];
  /** The generation whose profile callers of the alias receive. */
  readonly served: Generation;
  readonly generations: readonly Generation[];
}

/** An alias whose parameters cannot be read, so that nothing of it can be verified. */
export interface UnreadableAlias {
  readonly application: string;
  readonly alias: string;
  /** Profile that callers of the alias receive, or an empty string if there is none. */
  readonly profileArn: string;
  readonly cause: string;
}
