import type { EnvironmentConfig } from './environment-schema';

/** An environment that was checked: every model is known, every routing works from the Region. */
export interface Environment extends EnvironmentConfig {
  /** The file it was read from, as messages call it. */
  readonly file: string;
}
