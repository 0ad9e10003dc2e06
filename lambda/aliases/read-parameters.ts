import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';
import type { Parameter, ReadPage } from '../../aws/services/parameter-pages';

/** Why parameters could not be read. */
export class UnreadableParameters extends Error {
  override readonly name = 'UnreadableParameters';

  /** @param passes whether it may pass though nobody does anything: a throttle, a failing service */
  constructor(
    message: string,
    readonly passes: boolean,
  ) {
    super(message);
  }
}

/**
 * Reads every parameter below `path`.
 *
 * @param settled until then, by `clock.now()`, a refusal may be one that was lifted and has not spread
 * @throws UnreadableParameters
 */
export async function readParameters(
  readPage: ReadPage,
  path: string,
  clock: Clock,
  settled = Number.NEGATIVE_INFINITY,
): Promise<readonly Parameter[]> {
  const parameters: Parameter[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken;
    const { ended, attempts } = await retry(
      clock,
      (signal) => readPage(path, token, signal),
      // SSM refuses with status 400.
      (so) => clock.now() < settled && 'failure' in so && so.failure.error.name.startsWith('AccessDenied'),
    );
    if ('failure' in ended) {
      const { name, message } = ended.failure.error;
      const remedy = name.startsWith('AccessDenied') ? '; allow the function ssm:GetParametersByPath on them' : '';
      const why = `cannot read the parameters under ${path} (attempts: ${attempts}), ${name}: ${message}${remedy}`;
      throw new UnreadableParameters(why, ended.failure.passes);
    }
    parameters.push(...ended.value.parameters);
    nextToken = ended.value.nextToken;
  } while (nextToken !== undefined);
  return parameters;
}
