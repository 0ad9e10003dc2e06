import { conditionKey } from '../catalog/condition-keys';
import type { ParsedLayer } from '../iam/evaluate/policy-layers';
import type { AccessRequest, RequestContext } from '../iam/match/access-request';
import { parsePolicy } from '../iam/policy/parse-policy';
import type { Policy } from '../iam/policy/policy';
import { decideLayers, hasBit, spaceDecider, visitEveryClass } from '../iam/space/decide-space';
import { type RequestSpace, requestSpace, type SpaceStatement } from '../iam/space/request-space';
import { TooManyClasses } from '../iam/space/word-automaton';
import type { Carrier } from './carrier';
import { exampleArns, type Places } from './example-arns';
import { regionCells, UNSPECIFIED } from './region-cells';
import { EXAMPLE_MODEL, type Rule, rulePolicy } from './rule';

/** A request that somebody may make and must not, and the statement that allows it. */
export interface AllowedRequest {
  readonly request: AccessRequest;
  readonly allowedBy: SpaceStatement;
}

export interface AllowedRequests {
  /** One for each statement, the first of its classes. */
  readonly found: readonly AllowedRequest[];
  /** Why some requests are not decided. */
  readonly undecided: readonly string[];
  /** How many classes of requests were gone through. */
  readonly classes: number;
}

const MOST_CLASSES = 4_000_000;

/** Goes through every class of requests that the carrier's policies and the rule tell apart. */
export function allowedRequests(carrier: Carrier, rule: Rule, places: Places): AllowedRequests {
  const own: readonly ParsedLayer[] = [
    parsedLayer('identity', carrier.identity),
    ...(carrier.boundary === undefined ? [] : [parsedLayer('boundary', carrier.boundary)]),
  ];
  const resources = exampleArns(carrier, rule, places);
  const profiles = resources.filter((arn) => arn.includes('inference-profile/'));
  const values = { 'bedrock:inferenceprofilearn': [...profileArns(places), ...profiles] };
  const answers = regionCells([...own, parsedLayer('identity', [rule.policy])], places.regions).map(
    (region): AllowedRequests => {
      const known: RequestContext =
        region === undefined ? {} : { 'aws:RequestedRegion': [region === '' ? UNSPECIFIED : region] };
      const forbidden = parsedLayer('identity', [rule.policy, ...(region === undefined ? [] : [elsewhere(region)])]);
      try {
        const space = requestSpace([...own, forbidden], { actions: rule.actions, resources, values, known });
        const classes = space.dimensions.reduce((n, d) => n * d.classes.length, 1);
        if (classes > MOST_CLASSES) {
          throw new TooManyClasses(`the policies tell ${classes} classes of requests apart`);
        }
        return { ...search(space, own.length, rule, known), classes };
      } catch (error) {
        if (!(error instanceof TooManyClasses)) {
          throw error;
        }
        return { found: [], undecided: [error.message], classes: 0 };
      }
    },
  );
  return {
    found: firstOfEach(answers.flatMap((a) => a.found)),
    undecided: [...new Set(answers.flatMap((a) => a.undecided))],
    classes: answers.reduce((n, a) => n + a.classes, 0),
  };
}

/** A profile that AWS defines, and one of an application. */
function profileArns({ regions, account }: Places): readonly string[] {
  return [`inference-profile/us.${EXAMPLE_MODEL}`, 'application-inference-profile/any'].map(
    (name) => `arn:aws:bedrock:${regions[0]}:${account}:${name}`,
  );
}

function parsedLayer(layer: ParsedLayer['layer'], policies: readonly Policy[]): ParsedLayer {
  return { layer, policies: policies.map((p) => parsePolicy(p, 'identity')) };
}

/** What is not in a Region takes no part in requests to it. */
function elsewhere(region: string): Policy {
  const here = ['bedrock', 'bedrock-mantle'].map((service) => `arn:*:${service}:${region}:*:*`);
  return rulePolicy([{ Effect: 'Deny', Action: ['*'], NotResource: here }]);
}

function search(
  space: RequestSpace,
  count: number,
  { unlessAllowed }: Rule,
  known: RequestContext,
): Pick<AllowedRequests, 'found' | 'undecided'> {
  const own = space.layers.slice(0, count);
  const forbidden = space.layers.slice(count);
  const decide = spaceDecider({ ...space, layers: own });
  const instead = space.dimensions[0]?.classes.findIndex((c) => c.witness === unlessAllowed) ?? -1;
  const found: AllowedRequest[] = [];
  const undecided = new Set<string>();
  visitEveryClass(space, (indices, certain, possible) => {
    if (decideLayers(forbidden, certain, possible) !== 'allowed') {
      return;
    }
    const made = decideLayers(own, certain, possible);
    const decision = made !== 'allowed' || unlessAllowed === undefined ? made : without(decide, indices, instead);
    const statement = (which: (i: number) => boolean): SpaceStatement | undefined =>
      space.statements.find((_, i) => own.some((l) => hasBit(l.allow, i) || hasBit(l.deny, i)) && which(i));
    if (decision === 'undecided') {
      const open = statement((i) => hasBit(possible, i) && !hasBit(certain, i));
      undecided.add(`${open?.policy}: ${open && space.undecided.get(open)}`);
    }
    const allowedBy = statement((i) => hasBit(certain, i) && own.some((l) => hasBit(l.allow, i)));
    if (decision === 'allowed' && allowedBy !== undefined && !found.some((f) => f.allowedBy === allowedBy)) {
      found.push({ request: witnessOf(space, indices, known), allowedBy });
    }
  });
  return { found, undecided: [...undecided] };
}

/** Whether the request is allowed, and the other action on the same is not. */
function without(
  decide: ReturnType<typeof spaceDecider>,
  indices: readonly number[],
  action: number,
): ReturnType<typeof decideLayers> {
  const other = action < 0 ? 'allowed' : decide([action, ...indices.slice(1)]);
  return other === 'undecided' ? other : other === 'allowed' ? 'denied' : 'allowed';
}

function witnessOf({ dimensions }: RequestSpace, indices: readonly number[], known: RequestContext): AccessRequest {
  const [action = '', resource = '', ...values] = dimensions.map((d, i) => d.classes[indices[i] ?? 0]?.witness);
  const context = dimensions.slice(2).flatMap(({ name }, i): readonly [string, readonly string[]][] => {
    const value = values[i];
    return value === undefined ? [] : [[conditionKey(name)?.name ?? name, [value]]];
  });
  return { action, resource, context: { ...Object.fromEntries(context), ...known } };
}

/** Statements of one policy are told apart by the policy's name here. */
function firstOfEach(found: readonly AllowedRequest[]): readonly AllowedRequest[] {
  return [...new Map(found.toReversed().map((f) => [f.allowedBy.policy, f])).values()].toReversed();
}
