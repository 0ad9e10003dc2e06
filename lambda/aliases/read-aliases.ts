import { type Clock, RESERVED_MILLISECONDS } from '../../aws/clock';
import type { ReadPage } from '../../aws/services/parameter-pages';
import { type Aliases, aliasesIn } from './aliases';
import { readParameters } from './read-parameters';
import { type Served, servedAliases } from './served-aliases';

const LONGEST_WAIT_MILLISECONDS = 5_000;

export interface AliasReading {
  readonly readPage: ReadPage;
  readonly path: string;
  readonly clock: Clock;
  /** Applications that need aliases; absent if all are requested. */
  readonly requested: readonly string[] | undefined;
  readonly settled: number;
  /** Aliases that the one application has in its stack, if the parameters may still differ from them. */
  readonly served: Served | undefined;
}

/**
 * Reads the aliases below `path`.
 *
 * A parameter that was just written may not be found for a moment (in 1 % of the runs of aws/aws-cdk-cli #830,
 * 2025-09). Until `settled`, by `clock.now()`, the aliases are therefore read again if a requested application has no
 * alias or an unreadable one.
 */
export async function readAliases(reading: AliasReading): Promise<Aliases> {
  const { readPage, path, clock, requested, settled, served } = reading;
  for (;;) {
    const found = aliasesIn(path, await readParameters(readPage, path, clock, settled));
    const aliases = served === undefined ? found : servedAliases(found, path, String(requested?.[0]), served);
    const wait = clock.random() * LONGEST_WAIT_MILLISECONDS;
    if (isComplete(aliases, requested) || clock.now() >= settled || wait + RESERVED_MILLISECONDS >= clock.timeLeft()) {
      return aliases;
    }
    await clock.sleep(wait);
  }
}

function isComplete({ readable, unreadable }: Aliases, requested: readonly string[] | undefined): boolean {
  return requested === undefined
    ? readable.length > 0 && unreadable.length === 0
    : requested.every((name) => readable.some((alias) => alias.application === name)) &&
        !unreadable.some(({ application }) => requested.includes(application));
}
