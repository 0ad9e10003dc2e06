import type { Routing } from './routing';

/** List prices in US dollars per 1,000,000 tokens. A price that is not known is absent, never 0. */
export interface Price {
  readonly input: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
}

/** What is known of a model's life. Dates are `YYYY-MM-DD`. */
export interface Lifecycle {
  readonly status: 'ACTIVE' | 'LEGACY' | 'NOT_IN_LATEST_API_SCAN';
  readonly legacyDate?: string;
  readonly endOfLifeDate?: string;
  /** The model card's "no sooner than". */
  readonly endOfLifeNotBefore?: string;
  /** True when the dates come from a third party and not from AWS's own pages. */
  readonly secondHand?: boolean;
}

/** What a model may take beside text: `forcedTool` is a tool choice that names the tool. */
export type Ability = 'tools' | 'forcedTool' | 'images' | 'documents' | 'promptCaching';

/** The sampling parameters that a model takes. */
export interface Sampling {
  readonly temperature?: true;
  readonly topP?: true;
  /** False for a model that refuses `temperature` and `topP` in one request. */
  readonly together?: false;
  /** Path of `topK` below `additionalModelRequestFields`: Claude and Nova have it in different places. */
  readonly topK?: 'top_k' | 'inferenceConfig.topK';
}

/** A foundation model as Bedrock knows it. */
export interface FoundationModel {
  readonly modelId: string;
  readonly provider: string;
  /** As people write it, such as `Claude Sonnet 4.6`. */
  readonly name: string;
  /** Models of one family follow each other, such as `claude-sonnet`. */
  readonly family: string;
  readonly kind: 'chat' | 'embedding';
  /** False for a model that the endpoint `bedrock-runtime` does not serve. */
  readonly runtime: boolean;
  /** Regions where it can be called on demand, without a system-defined inference profile. */
  readonly onDemandRegions: readonly string[];
  /** By prefix and source Region: the Regions a call may land in. For `global` the list holds source Regions alone. */
  readonly systemProfiles: Readonly<Partial<Record<Routing, Readonly<Record<string, readonly string[]>>>>>;
  /** In tokens. */
  readonly contextWindowTokens?: number;
  /** In tokens. */
  readonly maxOutputTokens?: number;
  /** Length of the vector an embedding model answers by default. */
  readonly embeddingDimensions?: number;
  /** What a chat model is known to take; what is not listed it refuses, or nobody knows. */
  readonly abilities?: readonly Ability[];
  /** False for a model that refuses a system prompt. */
  readonly systemPrompt?: false;
  /** Shortest prefix that a cache point keeps, in tokens. */
  readonly promptCacheMinTokens?: number;
  /** `false` for a model that refuses every sampling parameter; absent where nothing is known. */
  readonly sampling?: Sampling | false;
  readonly prices: {
    /** Without routing, in Regions without a price of their own. */
    readonly base?: Price;
    readonly routing: Readonly<Partial<Record<Routing, Price>>>;
    readonly region: Readonly<Record<string, Price>>;
  };
  readonly lifecycle: Lifecycle;
}
