import type { EnvironmentConfig } from './environment-schema';

/** A checked environment: the catalog has every model, and every routing works in the Region. */
export interface Environment extends EnvironmentConfig {
  /** Path of the file, as shown in messages. */
  readonly file: string;
  /** Line of each alias in the file, by its name `application/alias`. */
  readonly aliasLines: Readonly<Record<string, number>>;
}
