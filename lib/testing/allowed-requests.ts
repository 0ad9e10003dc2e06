import type { ParsedLayer } from '../iam/evaluate/policy-layers';
import type { AccessRequest, RequestContext } from '../iam/match/access-request';
import { parsePolicy } from '../iam/policy/parse-policy';
import type { Policy } from '../iam/policy/policy';
import { classWitness } from '../iam/space/class-witness';
import { decideLayers, hasBit, spaceDecider, visitEveryClass } from '../iam/space/decide-space';
import { type RequestSpace, requestSpace, type SpaceStatement } from '../iam/space/request-space';
import { TooManyClasses } from '../iam/space/word-automaton';
import type { Carrier } from './carrier';
import { exampleArns, type Places } from './example-arns';
import { regionCells, UNSPECIFIED } from './region-cells';
import { EXAMPLE_MODEL, type Rule, rulePolicy } from './rule';

/** A forbidden request that a policy allows, and the statement that allows it. */
export interface AllowedRequest {
  readonly request: AccessRequest;
  readonly allowedBy: SpaceStatement;
}

export interface AllowedRequests {
  /** One request for each statement that allows any: the witness of its first request class. */
  readonly requests: readonly AllowedRequest[];
  /** Reasons why some requests cannot be decided. */
  readonly undecided: readonly string[];
  /** Number of request classes that were checked. */
  readonly classes: number;
}

const MAX_CLASSES = 4_000_000;

/** Checks every request class that the carrier's policies and the rule distinguish. */
export function allowedRequests(carrier: Carrier, rule: Rule, places: Places): AllowedRequests {
  const carrierLayers: readonly ParsedLayer[] = [
    parsedLayer('identity', carrier.identity),
    ...(carrier.boundary === undefined ? [] : [parsedLayer('boundary', carrier.boundary)]),
  ];
  const resources = exampleArns(carrier, rule, places);
  const profiles = resources.filter((arn) => arn.includes('inference-profile/'));
  const values = { 'bedrock:inferenceprofilearn': [...profileArns(places), ...profiles] };
  const answers = regionCells([...carrierLayers, parsedLayer('identity', [rule.policy])], places.regions).map(
    (region): AllowedRequests => {
      const known: RequestContext =
        region === undefined ? {} : { 'aws:RequestedRegion': [region === '' ? UNSPECIFIED : region] };
      const forbidden = parsedLayer('identity', [rule.policy, ...(region === undefined ? [] : [denyOutside(region)])]);
      try {
        const space = requestSpace([...carrierLayers, forbidden], { actions: rule.actions, resources, values, known });
        const classes = space.dimensions.reduce((n, d) => n * d.classes.length, 1);
        if (classes > MAX_CLASSES) {
          throw new TooManyClasses(
            `the policies distinguish ${classes} request classes, more than the ${MAX_CLASSES} that can be checked`,
          );
        }
        return { ...search(space, carrierLayers.length, rule, known), classes };
      } catch (error) {
        if (!(error instanceof TooManyClasses)) {
          throw error;
        }
        return { requests: [], undecided: [error.message], classes: 0 };
      }
    },
  );
  return {
    requests: firstPerPolicy(answers.flatMap((a) => a.requests)),
    undecided: [...new Set(answers.flatMap((a) => a.undecided))],
    classes: answers.reduce((n, a) => n + a.classes, 0),
  };
}

/** Returns the ARNs of a system-defined profile and an application inference profile. */
function profileArns({ regions, account }: Places): readonly string[] {
  return [`inference-profile/us.${EXAMPLE_MODEL}`, 'application-inference-profile/any'].map(
    (name) => `arn:aws:bedrock:${regions[0]}:${account}:${name}`,
  );
}

function parsedLayer(layer: ParsedLayer['layer'], policies: readonly Policy[]): ParsedLayer {
  return { layer, policies: policies.map((p) => parsePolicy(p, 'identity')) };
}

/** Returns a policy that denies every resource outside a Region, because a request to one Region reaches no other. */
function denyOutside(region: string): Policy {
  const inRegion = ['bedrock', 'bedrock-mantle'].map((service) => `arn:*:${service}:${region}:*:*`);
  return rulePolicy([{ Effect: 'Deny', Action: ['*'], NotResource: inRegion }]);
}

function search(
  space: RequestSpace,
  count: number,
  { unlessAllowed }: Rule,
  known: RequestContext,
): Pick<AllowedRequests, 'requests' | 'undecided'> {
  const carrierLayers = space.layers.slice(0, count);
  const forbidden = space.layers.slice(count);
  const decide = spaceDecider({ ...space, layers: carrierLayers });
  const alternative = space.dimensions[0]?.classes.findIndex((c) => c.witness[0] === unlessAllowed) ?? -1;
  const requests: AllowedRequest[] = [];
  const undecided = new Set<string>();
  visitEveryClass(space, (indices, certain, possible) => {
    if (decideLayers(forbidden, certain, possible) !== 'allowed') {
      return;
    }
    const decided = decideLayers(carrierLayers, certain, possible);
    const decision =
      decided !== 'allowed' || unlessAllowed === undefined ? decided : allowedAlone(decide, indices, alternative);
    const statement = (which: (i: number) => boolean): SpaceStatement | undefined =>
      space.statements.find((_, i) => carrierLayers.some((l) => hasBit(l.allow, i) || hasBit(l.deny, i)) && which(i));
    if (decision === 'undecided') {
      const open = statement((i) => hasBit(possible, i) && !hasBit(certain, i));
      undecided.add(`${open?.policy}: ${open && space.undecided.get(open)}`);
    }
    const allowedBy = statement((i) => hasBit(certain, i) && carrierLayers.some((l) => hasBit(l.allow, i)));
    if (decision === 'allowed' && allowedBy !== undefined && !requests.some((r) => r.allowedBy === allowedBy)) {
      requests.push({ request: classWitness(space, indices, known), allowedBy });
    }
  });
  return { requests, undecided: [...undecided] };
}

/** Decides an allowed request anew: it stays allowed only when the other action is not allowed in the same request. */
function allowedAlone(
  decide: ReturnType<typeof spaceDecider>,
  indices: readonly number[],
  action: number,
): ReturnType<typeof decideLayers> {
  const other = action < 0 ? 'allowed' : decide([action, ...indices.slice(1)]);
  return other === 'undecided' ? other : other === 'allowed' ? 'denied' : 'allowed';
}

/** Keeps the first request for each policy. Each statement is a policy of its own, with its own name. */
function firstPerPolicy(requests: readonly AllowedRequest[]): readonly AllowedRequest[] {
  return [...new Map(requests.toReversed().map((r) => [r.allowedBy.policy, r])).values()].toReversed();
}
