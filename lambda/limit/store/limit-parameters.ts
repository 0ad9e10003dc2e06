import type { Clock } from '../../../aws/clock';
import type { Parameter, ReadPage } from '../../../aws/services/parameter-pages';
import type { ParameterStore } from '../../../aws/services/parameter-store';
import { readParameters } from '../../aliases/read-parameters';
import type { AskAws } from '../policies/ask-aws';
import { type Limit, parseLimit } from './limit';
import { type LimitState, parseState } from './limit-state';

/** The parameters of one application's limit. */
export interface LimitParameters {
  readonly application: string;
  /** False if its stack has no limit, or has deleted it. */
  readonly exists: boolean;
  /** Absent if it cannot be read. */
  readonly limit?: Limit;
  /** Absent if it cannot be read. A state that does not exist is empty. */
  readonly state?: LimitState;
  /** One sentence for each parameter that cannot be read. */
  readonly mistakes: readonly string[];
  /** Values by name, by which a change is noticed. */
  readonly values: ReadonlyMap<string, string>;
}

/** The parameters of an application whose limit could be read. */
export type Limited = LimitParameters & { readonly limit: Limit };

/** The limits of all applications, in parameters that only stacks and this function write. */
export interface LimitStore {
  /** Reads all limits, sorted by application. */
  readonly read: () => Promise<readonly LimitParameters[]>;
  /** Returns true if the parameters of an application are still those that were read. */
  readonly unchanged: (parameters: LimitParameters) => Promise<boolean>;
  /** Reads the limit of one application. */
  readonly readOne: (application: string) => Promise<LimitParameters>;
  /** Writes the state, and returns the parameters with it. */
  readonly writeState: (parameters: LimitParameters, state: LimitState) => Promise<LimitParameters>;
  readonly deleteState: (application: string) => Promise<void>;
}

export interface LimitStoreAccess {
  /** Path of the parameters, such as `/bedrock-access/dev.limits`. */
  readonly path: string;
  readonly readPage: ReadPage;
  readonly store: ParameterStore;
  readonly ask: AskAws;
  readonly clock: Clock;
  readonly today: () => Date;
}

/** Ends of the names of the parts of a limit, in their order. A parameter holds at most 4,096 characters. */
export const LIMIT_PARTS = ['', '.2', '.3', '.4', '.5', '.6', '.7', '.8', '.9'] as const;

/** Name of an application, and behind it the number of a further part of its limit, or its state. */
const NAME = /^([a-z][a-z0-9-]{0,63})(?:\.([2-9]|state))?$/;

export function limitStore({ path, readPage, store, ask, clock, today }: LimitStoreAccess): LimitStore {
  const stateName = (application: string): string => `${path}/${application}.state`;
  const named = (application: string, found: readonly Parameter[]): LimitParameters =>
    limitParameters(path, application, new Map(found.map(({ name, value }) => [name, value])), today());
  const readOne = async (application: string): Promise<LimitParameters> => {
    const names = [...LIMIT_PARTS, '.state'].map((end) => `${path}/${application}${end}`);
    return named(application, await ask(`read the limit of ${application}`, (signal) => store.get(names, signal)));
  };
  return {
    async read() {
      const byApplication = new Map<string, Parameter[]>();
      for (const parameter of await readParameters(readPage, path, clock)) {
        const application = NAME.exec(parameter.name.slice(path.length + 1))?.[1];
        if (application !== undefined) {
          byApplication.set(application, [...(byApplication.get(application) ?? []), parameter]);
        }
      }
      return [...byApplication]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([application, found]) => named(application, found))
        .filter(({ exists }) => exists);
    },
    readOne,
    async unchanged({ application, values }) {
      const now = await readOne(application);
      return now.values.size === values.size && [...values].every(([name, value]) => now.values.get(name) === value);
    },
    async writeState(parameters, state) {
      const name = stateName(parameters.application);
      const value = JSON.stringify(state);
      const others = [...parameters.values].filter(([key]) => key !== name);
      if (value === '{}') {
        await ask(`delete ${name}`, (signal) => store.delete(name, signal));
        return { ...parameters, state, values: new Map(others) };
      }
      await ask(`write ${name}`, (signal) => store.put(name, value, signal));
      return { ...parameters, state, values: new Map([...others, [name, value]]) };
    },
    async deleteState(application) {
      await ask(`delete ${stateName(application)}`, (signal) => store.delete(stateName(application), signal));
    },
  };
}

function limitParameters(
  path: string,
  application: string,
  values: ReadonlyMap<string, string>,
  now: Date,
): LimitParameters {
  const mistakes: string[] = [];
  const reading = <T>(name: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      const why = error instanceof SyntaxError ? 'the value is not JSON' : (error as Error).message;
      mistakes.push(`${application}: the parameter ${name} cannot be read: ${why}`);
      return undefined;
    }
  };
  const name = `${path}/${application}`;
  const exists = values.has(name);
  const text = LIMIT_PARTS.map((end) => values.get(name + end) ?? '').join('');
  const limit = exists ? reading(name, () => parseLimit(application, text)) : undefined;
  const written = values.get(`${name}.state`);
  const state = written === undefined ? {} : reading(`${name}.state`, () => parseState(written, now));
  return {
    application,
    exists,
    ...(limit !== undefined && { limit }),
    ...(state !== undefined && { state }),
    mistakes,
    values,
  };
}
