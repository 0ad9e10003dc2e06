import type { Routing } from './routing';

/** List prices, in US dollars per 1,000,000 tokens. An unknown price is absent, never 0. */
export interface Price {
  readonly input: number;
  readonly output?: number;
  readonly cacheRead?: number;
  readonly cacheWrite5m?: number;
  readonly cacheWrite1h?: number;
}

/** Lifecycle of a model. Dates are `YYYY-MM-DD`. */
export interface Lifecycle {
  readonly status: 'ACTIVE' | 'LEGACY' | 'NOT_IN_LATEST_API_SCAN';
  readonly legacyDate?: string;
  readonly endOfLifeDate?: string;
  /** Earliest possible end of life: the "no sooner than" date of the model card. */
  readonly endOfLifeNotBefore?: string;
  /** True when the dates come from a third party and not from AWS's own pages. */
  readonly secondHand?: boolean;
}

/** An input that a model may support besides text. `forcedTool` is a tool choice that names the tool. */
export type Ability = 'tools' | 'forcedTool' | 'images' | 'documents' | 'promptCaching';

/** The sampling parameters that a model supports. */
export interface Sampling {
  readonly temperature?: true;
  readonly topP?: true;
  /** False for a model that refuses `temperature` and `topP` in one request. */
  readonly together?: false;
  /** Path of `topK` in `additionalModelRequestFields`, which differs between Claude and Nova. */
  readonly topK?: 'top_k' | 'inferenceConfig.topK';
}

/** A foundation model of Bedrock. */
export interface FoundationModel {
  readonly modelId: string;
  readonly provider: string;
  /** Display name, such as `Claude Sonnet 4.6`. */
  readonly name: string;
  /** Family of models in which newer ones replace older ones, such as `claude-sonnet`. */
  readonly family: string;
  readonly kind: 'chat' | 'embedding';
  /** False for a model that the endpoint `bedrock-runtime` does not serve. */
  readonly runtime: boolean;
  /** Regions in which the model can be called on demand, without a system-defined inference profile. */
  readonly onDemandRegions: readonly string[];
  /** Destination Regions by profile prefix and source Region. For `global`, each list holds only the source Region. */
  readonly systemProfiles: Readonly<Partial<Record<Routing, Readonly<Record<string, readonly string[]>>>>>;
  readonly contextWindowTokens?: number;
  readonly maxOutputTokens?: number;
  /** Default length of the vectors of an embedding model. */
  readonly embeddingDimensions?: number;
  /** Inputs that a chat model is known to support. An input that is not listed is refused or unknown. */
  readonly abilities?: readonly Ability[];
  /** False for a model that refuses a system prompt. */
  readonly systemPrompt?: false;
  /** Minimum length of a prefix that a cache point caches, in tokens. */
  readonly promptCacheMinTokens?: number;
  /** `false` for a model that refuses every sampling parameter; absent when nothing is known. */
  readonly sampling?: Sampling | false;
  readonly prices: {
    /** Price without routing, in Regions that have no price of their own. */
    readonly base?: Price;
    readonly routing: Readonly<Partial<Record<Routing, Price>>>;
    readonly region: Readonly<Record<string, Price>>;
  };
  readonly lifecycle: Lifecycle;
}
