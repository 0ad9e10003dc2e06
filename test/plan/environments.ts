import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findModel, MODEL_IDS, routingsFrom } from '../../lib/catalog/catalog';
import { PROFILE_REGIONS } from '../../lib/catalog/region';
import type { Routing } from '../../lib/catalog/routing';
import type { Environment } from '../../lib/config/environment';
import { readEnvironment } from '../../lib/config/read-environment';
import { type AccessPlan, planAccess } from '../../lib/plan/environment/access-plan';
import type { Place } from '../../lib/plan/names/names';
import { PROJECT } from '../project';

const TODAY = '2026-11-20';

export const place: Place = { environment: 'dev', account: '111122223333', region: 'us-east-1', partition: 'aws' };

type Fields = Readonly<Record<string, unknown>>;

/** Returns the fields of an application with one model and one role, with the changes of a test. */
export function application(changes: Fields = {}): Fields {
  return {
    owner: 'team@example.com',
    costCenter: 'CC-1',
    models: { main: { model: 'amazon.nova-lite-v1:0', routing: 'regional' } },
    principals: [{ service: 'lambda.amazonaws.com' }],
    ...changes,
  };
}

/** Returns an environment, read and checked like an environment file. */
export function environment(applications: Fields, changes: Fields = {}): Environment {
  const file: Fields = {
    name: 'dev',
    account: place.account,
    region: place.region,
    contact: 'platform@example.com',
    applications,
    ...changes,
  };
  return readEnvironment(`${file['name']}.yaml`, Buffer.from(JSON.stringify(file)), TODAY).environment;
}

/**
 * Reads an environment file from `test/environments`.
 *
 * @param only the applications that are kept; by default all are
 */
export function testEnvironment(name: 'dev' | 'network' | 'prod' | 'callers', ...only: readonly string[]): Environment {
  const file = join('environments', `${name}.yaml`);
  const { environment } = readEnvironment(file, readFileSync(join(PROJECT, file)), TODAY);
  const applications = Object.entries(environment.applications).filter(([a]) => only.length === 0 || only.includes(a));
  return { ...environment, applications: Object.fromEntries(applications) };
}

export function planOf(applications: Fields, changes: Fields = {}): AccessPlan {
  return planAccess(environment(applications, changes));
}

/** Returns a name of the greatest allowed length. Each `number` gives another name. */
export function longName(letters: number, number = 0): string {
  return `${'n'.repeat(letters - 2)}${String(number).padStart(2, '0')}`;
}

/** Lists every model and routing that may be called from `region`. */
export function worksFrom(region: string): readonly { readonly model: string; readonly routing: Routing }[] {
  return MODEL_IDS.map(findModel).flatMap((model) =>
    model === undefined || !model.runtime || model.lifecycle.status !== 'ACTIVE'
      ? []
      : routingsFrom(model, region).map((routing) => ({ model: model.modelId, routing })),
  );
}

/** Regions from which a model of the catalog can be called. */
export const REGIONS = PROFILE_REGIONS.filter((region) => worksFrom(region).length > 0);

/** Finds for each routing from `region` the model with the longest id. These models make the longest policies. */
export function longestFrom(region: string): ReturnType<typeof worksFrom> {
  const byRouting = new Map<Routing, ReturnType<typeof worksFrom>[number]>();
  for (const generation of worksFrom(region)) {
    const longest = byRouting.get(generation.routing)?.model ?? '';
    byRouting.set(
      generation.routing,
      generation.model.length > longest.length ? generation : { ...generation, model: longest },
    );
  }
  return [...byRouting.values()];
}

/** Ten principals of each kind, with names of the greatest allowed length. */
export const MANY_PRINCIPALS: readonly Fields[] = Array.from({ length: 10 }, (_, i) => [
  { service: `${'service.'.repeat(8)}s${i}.amazonaws.com` },
  { role: `arn:aws:iam::111122223333:role/services/${longName(64, i)}` },
  {
    github: {
      repository: `${longName(39, i)}/${longName(100, i)}`,
      branches: ['main', 'release/2026-11'],
      environments: ['production'],
    },
  },
  {
    irsa: {
      provider: `oidc.eks.ap-southeast-2.amazonaws.com/id/${'A'.repeat(62)}${10 + i}`,
      namespace: longName(63),
      serviceAccount: longName(253, i),
    },
  },
  { gitlab: { project: `${longName(200)}/${longName(199, i)}`, branches: ['main', 'release/1'] } },
  {
    oidc: {
      provider: `login.example.com/${longName(200, i)}`,
      audience: longName(255),
      subjects: ['team:search:job:nightly', `team:${longName(100)}`],
    },
  },
  { account: `4444555566${String(i).padStart(2, '0')}`, externalId: longName(1224, i) },
  { user: longName(64, i) },
]).flat();

/**
 * Returns the largest allowed application: the longest names, 30 models with a guardrail, 10 principals of each kind.
 */
export function largestApplication(generation: { readonly model: string; readonly routing: Routing }): Fields {
  const models = Array.from({ length: 30 }, (_, i) => [longName(24, i), generation]);
  return application({
    owner: `${'o'.repeat(80)}@example.com`,
    costCenter: 'c'.repeat(256),
    models: Object.fromEntries(models),
    principals: MANY_PRINCIPALS,
    guardrail: { id: 'g'.repeat(64), version: '99999999' },
  });
}
