import type { Parameter } from '../../aws/services/parameter-pages';
import type { Generation } from '../aliases/alias';
import { type Aliases, aliasesIn } from '../aliases/aliases';

/** Folder of the parameters of all environments of an account and Region. */
export const ALL_ENVIRONMENTS = '/bedrock-access';

const PROFILE = /:application-inference-profile\/([\w-]+)/g;

/** Returns the ids of all profiles that parameters name, in whatever form: nothing that is named is unplanned. */
export function namedProfiles(parameters: readonly Parameter[]): ReadonlySet<string> {
  return new Set(parameters.flatMap(({ value }) => [...value.matchAll(PROFILE)].map(([, id = '']) => id)));
}

/** Returns the aliases of one environment. */
export function aliasesOf(environment: string, parameters: readonly Parameter[]): Aliases {
  const path = `${ALL_ENVIRONMENTS}/${environment}`;
  return aliasesIn(
    path,
    parameters.filter(({ name }) => name.startsWith(`${path}/`)),
  );
}

/** The model that a profile calls, and its routing. */
export type CalledModel = Pick<Generation, 'modelId' | 'routing'>;

/** Returns the model of each profile of all environments, keyed by the profile's id. */
export function modelsOfProfiles(parameters: readonly Parameter[]): ReadonlyMap<string, CalledModel> {
  const environments = new Set(parameters.map(({ name }) => name.split('/')[2] ?? ''));
  return new Map(
    [...environments]
      .flatMap((environment) => aliasesOf(environment, parameters).readable)
      .flatMap(({ generations }) => generations)
      .map(({ profileArn, modelId, routing }) => [profileArn.split('/')[1] ?? '', { modelId, routing }]),
  );
}
