import { runSimulation } from '@cloud-copilot/iam-simulate';
import { readTemplateAccount } from '../lib/account/templates/template-account';
import { withAssembly } from '../lib/cli/synthesize';
import { readEnvironment } from '../lib/config/read-environment';
import { evaluate } from '../lib/iam/evaluate/evaluate';
import { type PolicyLayers, parseLayers } from '../lib/iam/evaluate/policy-layers';
import type { AccessRequest } from '../lib/iam/match/access-request';
import { spaceDecider } from '../lib/iam/space/decide-space';
import { type RequestSpace, requestSpace } from '../lib/iam/space/request-space';
import { planAccess } from '../lib/plan/environment/access-plan';
import { EXAMPLE_ACTIONS } from '../lib/proof/access/examples';
import { layersOf } from '../lib/proof/calls/layers-of';
import { cpuSeconds, perCpuSecond } from './cpu';
import { generatedEnvironment } from './generated-environment';

/** Decisions per CPU-second on one principal's policies. */
export interface Deciding {
  /** Description of the policies. */
  readonly what: string;
  readonly characters: number;
  readonly classes: number;
  /** CPU-seconds to partition all requests into classes. */
  readonly partition: number;
  /** Decisions on class numbers. */
  readonly indexed: number;
  /** Decisions on whole requests. */
  readonly evaluated: number;
  /** Decisions of iam-simulate on whole requests. */
  readonly simulated: number;
}

/**
 * Measures three ways to decide with the same policies: class numbers, whole requests, and whole requests in
 * iam-simulate.
 */
export async function measureDeciding(aliases: number, bounded: boolean): Promise<Deciding> {
  const layers = await serviceRoleLayers(aliases, bounded);
  let space: RequestSpace | undefined;
  const partition = await cpuSeconds(() => {
    space = requestSpace(parseLayers(layers), { actions: EXAMPLE_ACTIONS });
  });
  if (space === undefined) {
    throw new Error('no classes');
  }
  const requests = simulable(space);
  const { dimensions } = space;
  const decide = spaceDecider(space);
  const indices = randomClasses(space, 1 << 16);
  const rounds = 100;
  const policies = [...layers.identity, ...(layers.boundary === undefined ? [] : [layers.boundary])];
  return {
    what: `${layers.identity.length === 1 ? 'one policy' : `${layers.identity.length} policies`}${bounded ? ' and the boundary' : ''}`,
    characters: policies.reduce((n, p) => n + JSON.stringify(p.document).length, 0),
    classes: dimensions.reduce((n, d) => n * d.classes.length, 1),
    partition,
    indexed: await perCpuSecond(rounds * (1 << 16), () => {
      for (let round = 0; round < rounds; round += 1) {
        for (let at = 0; at < indices.length; at += dimensions.length) {
          decide(indices, at);
        }
      }
    }),
    evaluated: await perCpuSecond(requests.length * 20, () => {
      for (let round = 0; round < 20; round += 1) {
        for (const request of requests) {
          evaluate(layers, request);
        }
      }
    }),
    simulated: await perCpuSecond(requests.length, async () => {
      for (const request of requests) {
        await simulate(layers, request);
      }
    }),
  };
}

/** Reads the policies of a service's role from the templates of a generated environment. */
async function serviceRoleLayers(aliases: number, bounded: boolean): Promise<PolicyLayers> {
  const text = new TextEncoder().encode(generatedEnvironment('bench', 1, aliases));
  const plan = planAccess(readEnvironment('environments/bench.yaml', text, '2026-11-21').environment);
  return withAssembly(plan, async (folder) => {
    const role = readTemplateAccount(folder, 'bench').principals.find((p) => p.name === 'bench_a0_lambda');
    if (role === undefined) {
      throw new Error('the templates have no role of the service');
    }
    const layers = layersOf(role);
    return bounded ? layers : { identity: layers.identity };
  });
}

/** Returns requests of invoke actions on full ARNs, which iam-simulate accepts without an error. */
function simulable({ dimensions: [, resource, key] }: RequestSpace): readonly AccessRequest[] {
  const arns = (resource?.classes ?? []).flatMap((c) => c.witness ?? []).filter((arn) => /:bedrock:[a-z]/.test(arn));
  const profiles = (key?.classes ?? []).flatMap((c) => c.witness ?? []).slice(0, 2);
  return arns.slice(0, 40).flatMap((arn) =>
    [{}, ...profiles.map((p) => ({ 'bedrock:InferenceProfileArn': [p] }))].map((context) => ({
      action: 'bedrock:InvokeModel',
      resource: arn,
      context,
    })),
  );
}

async function simulate({ identity, boundary }: PolicyLayers, { action, resource, context }: AccessRequest) {
  const named = (p: { readonly name: string; readonly document: unknown }) => ({ name: p.name, policy: p.document });
  await runSimulation(
    {
      request: {
        principal: 'arn:aws:iam::111122223333:role/bedrock-access/bench/bench_a0_lambda',
        action,
        resource: { resource, accountId: '111122223333' },
        contextVariables: Object.fromEntries(Object.entries(context).map(([k, v]) => [k, [...v]])),
      },
      identityPolicies: identity.map(named),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
      ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [named(boundary)] }),
    },
    {},
  );
}

/** Returns pseudo-random classes, which are the same in every run. */
function randomClasses({ dimensions }: RequestSpace, count: number): Uint16Array {
  const indices = new Uint16Array(count * dimensions.length);
  let state = 1;
  for (let i = 0; i < indices.length; i += 1) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    indices[i] = (state >>> 0) % (dimensions[i % dimensions.length]?.classes.length ?? 1);
  }
  return indices;
}
