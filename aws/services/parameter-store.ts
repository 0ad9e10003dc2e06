import { readJsonAnswer } from './json-answer';
import type { Parameter } from './parameter-pages';
import type { Post } from './post';

/** The SSM Parameter Store: single parameters by name. */
export interface ParameterStore {
  /** Returns the parameters that exist, of at most ten names. */
  readonly get: (names: readonly string[], signal: AbortSignal) => Promise<readonly Parameter[]>;
  readonly put: (name: string, value: string, signal: AbortSignal) => Promise<void>;
  /** Deletes a parameter. It is no error if it does not exist. */
  readonly delete: (name: string, signal: AbortSignal) => Promise<void>;
}

interface Found {
  readonly Parameters?: readonly { readonly Name?: string; readonly Value?: string }[];
}

/** Calls the SSM Parameter Store, whose protocol is AWS JSON. */
export function parameterStore(post: Post): ParameterStore {
  const ask = async (operation: string, input: unknown, signal: AbortSignal): Promise<unknown> => {
    const headers = {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `AmazonSSM.${operation}`,
    };
    return readJsonAnswer(await post(headers, JSON.stringify(input), signal));
  };
  return {
    async get(names, signal) {
      const { Parameters = [] } = (await ask('GetParameters', { Names: names }, signal)) as Found;
      return Parameters.map(({ Name = '', Value = '' }) => ({ name: Name, value: Value }));
    },
    async put(name, value, signal) {
      await ask('PutParameter', { Name: name, Value: value, Type: 'String', Overwrite: true }, signal);
    },
    async delete(name, signal) {
      try {
        await ask('DeleteParameter', { Name: name }, signal);
      } catch (error) {
        if (!(error instanceof Error && error.name === 'ParameterNotFound')) {
          throw error;
        }
      }
    },
  };
}
