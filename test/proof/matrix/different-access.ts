import type { Account, Principal } from '../../../lib/account/account';
import { evaluate, type PolicyLayers } from '../../../lib/iam/evaluate/evaluate';
import { parseLayers } from '../../../lib/iam/evaluate/policy-layers';
import type { AccessRequest, RequestContext } from '../../../lib/iam/match/access-request';
import type { Policy } from '../../../lib/iam/policy/policy';
import { requestSpace } from '../../../lib/iam/space/request-space';
import type { Random } from '../../iam/random';
import { everyProduct, requestOf } from '../../iam/space-classes';
import { documentOf } from '../../iam/verdict';
import { NearTexts, textsOf } from '../mutations/near-texts';
import { differentTrust } from './different-trust';

const RANDOM_REQUESTS = 500;
const EVERYTHING: Policy = {
  name: 'everything',
  document: documentOf({ Effect: 'Allow', Action: '*', Resource: '*' }),
};

/** Policies that decide about a principal, before and after a change. */
interface Change {
  readonly was: PolicyLayers;
  readonly is: PolicyLayers;
  /** Condition keys that every request of the principal has, if policies have conditions on them. */
  readonly known: RequestContext;
}

/**
 * Finds a request that two accounts answer differently. It tries the witnesses of all request classes, and random
 * requests that are similar to the texts of the policies.
 */
export function differentAccess(before: Account, after: Account, random: Random): unknown {
  const pairs = before.principals.flatMap((was, i) => {
    const is = after.principals[i];
    return is === undefined ? [] : [[was, is] as const];
  });
  const all = pairs.flatMap(([was, is]) => changesOf(was, is, before.accountId));
  const changes = [...new Map(all.map((change) => [JSON.stringify(change), change])).values()];
  for (const change of changes) {
    const request = requestsOf(change, random, RANDOM_REQUESTS / changes.length).find((r) => isDifferent(change, r));
    if (request !== undefined) {
      return request;
    }
  }
  for (const [{ trust: was }, { trust: is }] of pairs) {
    if (was !== undefined && is !== undefined && was !== is) {
      return differentTrust(was, is, random);
    }
  }
  return undefined;
}

/** Lists the changes of a principal. A boundary is also compared on its own, under full access. */
function changesOf(was: Principal, is: Principal, accountId: string): readonly Change[] {
  const whole = ({ policies, boundary }: Principal): PolicyLayers => ({
    identity: policies,
    ...(boundary !== undefined && { boundary }),
  });
  const bounded = (principal: Principal): PolicyLayers => ({ ...whole(principal), identity: [EVERYTHING] });
  const known = { 'aws:PrincipalArn': [is.arn], 'aws:PrincipalAccount': [accountId] };
  const dependsOnCaller = /aws:principal/i.test(JSON.stringify([whole(was), whole(is)]));
  return [
    { was: whole(was), is: whole(is), known: dependsOnCaller ? known : {} },
    { was: bounded(was), is: bounded(is), known: {} },
  ].filter((change) => JSON.stringify(change.was) !== JSON.stringify(change.is));
}

function requestsOf({ was, is, known }: Change, random: Random, count: number): readonly AccessRequest[] {
  const space = requestSpace([...parseLayers(was), ...parseLayers(is)], { known });
  const keys = space.dimensions.slice(2).map((d) => d.name);
  const near = new NearTexts(textsOf([was, is]), random);
  const some = Array.from({ length: count }, () => ({
    action: near.action(),
    resource: random.chance(0.1) ? '*' : near.arn(),
    context: near.context(keys),
  }));
  return [...everyProduct(space).map((indices) => requestOf(space, indices)), ...some].map((request) => ({
    ...request,
    context: { ...without(request.context, known), ...known },
  }));
}

function without(context: RequestContext, known: RequestContext): RequestContext {
  const names = Object.keys(known).map((key) => key.toLowerCase());
  return Object.fromEntries(Object.entries(context).filter(([key]) => !names.includes(key.toLowerCase())));
}

/** True when both sides decide the request, and differ. */
function isDifferent({ was, is }: Change, request: AccessRequest): boolean {
  const decisions = [was, is].map((layers) => evaluate(layers, request).decision);
  return !decisions.includes('refused') && (decisions[0] === 'allowed') !== (decisions[1] === 'allowed');
}
