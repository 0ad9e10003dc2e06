import type { Clock } from './clock';
import { retry } from './retry';

/** A parameter of the SSM Parameter Store. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
}

interface Page {
  readonly parameters: readonly Parameter[];
  readonly nextToken?: string;
}

/** Asks for one page of the parameters below a path, at any depth. */
export type ReadPage = (path: string, nextToken: string | undefined, signal: AbortSignal) => Promise<Page>;

/** Reads every parameter below `path`; throws an error that says why that failed. */
export async function readParameters(readPage: ReadPage, path: string, clock: Clock): Promise<readonly Parameter[]> {
  const parameters: Parameter[] = [];
  let nextToken: string | undefined;
  do {
    const token = nextToken;
    const { ended, attempts } = await retry(clock, (signal) => readPage(path, token, signal));
    if ('failure' in ended) {
      const { name, message } = ended.failure.error;
      const remedy = name.startsWith('AccessDenied') ? '; allow the function ssm:GetParametersByPath on them' : '';
      throw new Error(`cannot read the parameters under ${path} (attempts: ${attempts}), ${name}: ${message}${remedy}`);
    }
    parameters.push(...ended.value.parameters);
    nextToken = ended.value.nextToken;
  } while (nextToken !== undefined);
  return parameters;
}
