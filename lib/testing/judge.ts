import { BEDROCK_ACTIONS } from '../catalog/actions';
import { REGIONS } from '../catalog/catalog';
import { matchAction } from '../iam/match/match-statement';
import { parsePolicy } from '../iam/policy/parse-policy';
import { type AllowedRequest, allowedRequests } from './allowed-requests';
import type { Carrier } from './carrier';
import { knownRegion } from './known-region';
import { NotUnderstood } from './not-understood';
import { readCarriers } from './read-carriers';
import { readTemplate } from './read-template';
import type { ReadingOptions } from './reading-options';
import type { Rule } from './rule';
import { firstFew, type ProfileNames } from './sentence';

/** A request that a rule forbids and a carrier may make. */
export interface Breach extends AllowedRequest {
  readonly rule: Rule;
  /** Label of the carrier. */
  readonly who: string;
}

export interface Judgement {
  readonly breaches: readonly Breach[];
  readonly profiles: ProfileNames;
  readonly carriers: number;
  readonly classes: number;
}

export interface Question {
  readonly rules: readonly Rule[];
  /** Access that at least one carrier must have. Without it there is nothing to prove. */
  readonly about: { readonly name: string; readonly actions: readonly string[] };
}

export const BEDROCK = { name: 'Bedrock access', actions: BEDROCK_ACTIONS };

/**
 * Judges the access of every carrier of a policy in the template.
 *
 * @throws NotUnderstood when no carrier has any access, or when the answer depends on something that is not understood
 */
export function judge(received: unknown, { rules, about }: Question, options: ReadingOptions): Judgement {
  const { region = 'us-east-1', account = '111122223333' } = options;
  if (!/^\d{12}$/.test(account)) {
    throw new NotUnderstood(`the account '${account}' is not a number of twelve digits`);
  }
  const places = { regions: [knownRegion(region), 'eu-west-1', 'us-west-2', ...REGIONS, ''], account };
  const { resources, profiles } = readTemplate(received, options);
  const carriers = readCarriers(resources, options);
  const refusals = carriers.flatMap((c) => c.refusals.map((r) => `the access of ${c.label} is not understood: ${r}`));
  if (refusals.length === 0 && !carriers.some((c) => grants(c, about.actions))) {
    throw new NotUnderstood(`nothing in the template grants ${about.name}, so there is nothing to prove`);
  }
  const concerned = carriers.filter((c) => c.identity.length > 0);
  const breaches: Breach[] = [];
  let classes = 0;
  for (const carrier of concerned) {
    for (const rule of rules) {
      const answer = allowedRequests(carrier, rule, places);
      const unknown = answer.requests.length + answer.undecided.length > 0 ? carrier.unknownBoundary : undefined;
      const reasons = [...answer.undecided, ...(unknown === undefined ? [] : [`its permissions boundary: ${unknown}`])];
      refusals.push(...reasons.map((reason) => `the access of ${carrier.label} cannot be decided: ${reason}`));
      breaches.push(...answer.requests.map((allowed) => ({ ...allowed, rule, who: carrier.label })));
      classes += answer.classes;
    }
  }
  if (refusals.length > 0) {
    throw new NotUnderstood([...firstFew(refusals), '', ADVICE].join('\n'));
  }
  return { breaches, profiles, carriers: concerned.length, classes };
}

const ADVICE =
  'Both the matcher and its .not fail in this case; pass the missing values as { parameters, imports, managedPolicies }.';

function grants({ identity }: Carrier, actions: readonly string[]): boolean {
  const statements = identity.flatMap((p) => parsePolicy(p, 'identity').statements).filter((s) => s.effect === 'Allow');
  return statements.some((s) => actions.some((action) => matchAction(s, action.toLowerCase())));
}
