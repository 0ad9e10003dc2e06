import { type Clock, RESERVED_MILLISECONDS } from '../../aws/clock';
import type { ReadPage } from '../../aws/services/parameter-pages';
import { type Aliases, aliasesIn } from './aliases';
import { readParameters } from './read-parameters';
import { type Served, servedAliases } from './served-aliases';

const LONGEST_WAIT_MILLISECONDS = 5_000;

/**
 * Reads the aliases below `path`.
 *
 * A parameter that was just written may not be found for a moment (in 1 % of the runs of aws/aws-cdk-cli #830,
 * 2025-09). Until `settled`, by `clock.now()`, the aliases are therefore read again if a requested application has no
 * alias or an unreadable one.
 */
export async function readAliases(
  readPage: ReadPage,
  path: string,
  clock: Clock,
  requested: readonly string[] | undefined,
  settled: number,
  served: Served | undefined,
): Promise<Aliases> {
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
