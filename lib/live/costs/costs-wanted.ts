/** Costs of an environment that are asked for. */
export interface CostsWanted {
  readonly environment: string;
  readonly applications: readonly string[];
  /** Current day, as `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** Key of the tag that names the application of a cost. */
  readonly costTag: string;
  /** Keys of the tags that costs are grouped by to tell principals apart. Two at most. */
  readonly principalTags: readonly string[];
  /** Forecasts to ask for: one for each application, one for the environment, or none. */
  readonly forecast: 'applications' | 'environment' | 'none';
}
