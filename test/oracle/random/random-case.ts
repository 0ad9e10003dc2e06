import type { AccessRequest, RequestContext } from '../../../lib/iam/match/access-request';
import { type Random, seededRandom } from '../../iam/random';
import type { OracleCase } from '../policy-set';
import { GLOBAL_KEYS, SERVICE_KEYS } from './condition-keys';
import { randomPolicies } from './random-policies';
import { TARGETS, type Target } from './targets';

/**
 * Makes the case of a seed: policies around one request, that request, and others that differ from it in one respect.
 */
export function randomOracleCase(seed: number, requests: number): OracleCase {
  const random = seededRandom(seed);
  const target = random.one(TARGETS);
  const request: AccessRequest = {
    action: target.action,
    resource: random.one(target.resources),
    context: randomContext(target, random),
  };
  const policies = randomPolicies({ target, request, focused: random.chance(0.5) }, random);
  const others = Array.from({ length: requests - 1 }, () => variant(request, target, random));
  return { seed, policies, requests: [request, ...others] };
}

function randomContext(target: Target, random: Random): RequestContext {
  const keys = [...GLOBAL_KEYS, ...SERVICE_KEYS.filter(({ name }) => target.keys.includes(name))];
  const present = keys.filter(() => random.chance(0.75));
  return Object.fromEntries(
    present.map(({ name, values, several }) => [
      name,
      several === undefined ? [random.one(values)] : severalOf(values, random),
    ]),
  );
}

/** Chooses one to three values, rarely an empty one among others. */
function severalOf(values: readonly string[], random: Random): readonly string[] {
  const chosen = [...new Set(random.some(values, 3))];
  const full = chosen.filter((value) => value !== '');
  return full.length > 0 && random.chance(0.9) ? full : chosen;
}

function variant(request: AccessRequest, target: Target, random: Random): AccessRequest {
  const kind = random.below(4);
  if (kind === 0) {
    return { ...request, resource: random.one(target.resources) };
  }
  if (kind === 1) {
    const similar = TARGETS.filter(({ resources }) => resources.includes(request.resource));
    const { action, keys } = random.one(similar);
    const kept = Object.entries(request.context).filter(
      ([name]) => keys.includes(name) || !SERVICE_KEYS.some((key) => key.name === name),
    );
    return { action, resource: request.resource, context: Object.fromEntries(kept) };
  }
  const fresh = randomContext(target, random);
  const names = new Set([...Object.keys(request.context), ...Object.keys(fresh)]);
  const mixed = [...names].map((name) => [name, random.chance(0.8) ? request.context[name] : fresh[name]]);
  return { ...request, context: Object.fromEntries(mixed.filter(([, values]) => values !== undefined)) };
}
