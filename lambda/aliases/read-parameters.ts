import type { Clock } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';
import type { Parameter, ReadPage } from '../../aws/services/parameter-pages';

/** Thrown when parameters cannot be read. */
export class UnreadableParameters extends Error {
  override readonly name = 'UnreadableParameters';

  /**
   * @param passes true when another attempt may succeed without any action, as after a throttle or a failing service
   */
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
 * @param settled time by `clock.now()` until which a refusal may persist only because its removal is still spreading
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
      const remedy = name.startsWith('AccessDenied') ? '; allow ssm:GetParametersByPath on them' : '';
      const why = `cannot read the parameters under ${path} (attempts: ${attempts}), ${name}: ${message}${remedy}`;
      throw new UnreadableParameters(why, ended.failure.passes);
    }
    parameters.push(...ended.value.parameters);
    nextToken = ended.value.nextToken;
  } while (nextToken !== undefined);
  return parameters;
}
