/** The probes a generation asks for: calls that must be allowed. */
export const ASKED_PROBES = [
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

export type AskedProbe = (typeof ASKED_PROBES)[number];

/** A call in another Region. */
export interface Elsewhere {
  readonly region: string;
  /** A model's id, or a system-defined profile's. */
  readonly target: string;
}

/** A guardrail and the version of it that a call names. */
export interface Guardrail {
  readonly id: string;
  readonly version: string;
}

/** What an alias stood for at one time, and how that is called. */
export interface Generation {
  readonly generation: string;
  readonly profileArn: string;
  readonly modelId: string;
  readonly routing: string;
  /** Absent where the model has no system-defined profile in this Region. */
  readonly systemProfileId?: string;
  readonly probes: readonly AskedProbe[];
  /** Fields of a Converse request with every sampling parameter that the model takes. */
  readonly sampling?: Readonly<Record<string, unknown>>;
  /** Whether the model takes a tool choice that names the tool. */
  readonly forcedTool?: boolean;
  /** Shortest prefix that a cache point keeps, in tokens. */
  readonly cacheTokens?: number;
  /** Length of the vector that the model answers when it is asked for none. */
  readonly vectorLength?: number;
  /** The model itself in a Region where a call through the profile may land. */
  readonly destination?: Elsewhere;
  /** The model in a Region where no call through the profile lands. */
  readonly outside?: Elsewhere;
}

/** The stable name an application calls a model by. */
export interface Alias {
  readonly application: string;
  readonly alias: string;
  readonly guardrail?: Guardrail;
  /** Probes that the environment file asks for by name; absent where the catalog alone decided. */
  readonly asked?: readonly string[];
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
