/** What is to be found out about the costs of an environment. */
export interface CostsWanted {
  readonly environment: string;
  readonly applications: readonly string[];
  /** The day that it is, `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** The tag that says whose a cost is. */
  readonly costTag: string;
  /** Keys of tags that tell who called apart: two at most. */
  readonly principalTags: readonly string[];
  readonly forecast: 'applications' | 'environment' | 'none';
}
