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
import { fewOf, type ProfileNames } from './sentence';

/** A request that a rule forbids, and who may make it. */
export interface Breach extends AllowedRequest {
  readonly rule: Rule;
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
  /** What somebody must have some access to, or the answer would mean nothing. */
  readonly about: { readonly name: string; readonly actions: readonly string[] };
}

export const BEDROCK = { name: 'Bedrock access', actions: BEDROCK_ACTIONS };

/**
 * Judges what everybody may do who has a policy of the template.
 *
 * @throws NotUnderstood when nobody may do anything, or when that hangs on what was not understood
 */
export function judge(received: unknown, { rules, about }: Question, options: ReadingOptions): Judgement {
  const { region = 'us-east-1', account = '111122223333' } = options;
  if (!/^\d{12}$/.test(account)) {
    throw new NotUnderstood(`the account '${account}' is no twelve digits`);
  }
  const places = { regions: [knownRegion(region), 'eu-west-1', 'us-west-2', ...REGIONS, ''], account };
  const { resources, profiles } = readTemplate(received, options);
  const carriers = readCarriers(resources, options);
  const refusals = carriers.flatMap((c) => c.refusals.map((r) => `what ${c.label} may is not understood: ${r}`));
  if (refusals.length === 0 && !carriers.some((c) => grants(c, about.actions))) {
    throw new NotUnderstood(`nothing in the template grants ${about.name}, so there is nothing to prove`);
  }
  const concerned = carriers.filter((c) => c.identity.length > 0);
  const breaches: Breach[] = [];
  let classes = 0;
  for (const carrier of concerned) {
    for (const rule of rules) {
      const answer = allowedRequests(carrier, rule, places);
      const open = answer.found.length + answer.undecided.length > 0 ? carrier.unknownBoundary : undefined;
      const reasons = [...answer.undecided, ...(open === undefined ? [] : [`its permissions boundary: ${open}`])];
      refusals.push(...reasons.map((reason) => `what ${carrier.label} may is not decided: ${reason}`));
      breaches.push(...answer.found.map((found) => ({ ...found, rule, who: carrier.label })));
      classes += answer.classes;
    }
  }
  if (refusals.length > 0) {
    throw new NotUnderstood([...fewOf(refusals), '', ADVICE].join('\n'));
  }
  return { breaches, profiles, carriers: concerned.length, classes };
}

const ADVICE =
  'Neither the matcher nor its .not passes then; { parameters, imports, managedPolicies } give what the template leaves open.';

function grants({ identity }: Carrier, actions: readonly string[]): boolean {
  const statements = identity.flatMap((p) => parsePolicy(p, 'identity').statements).filter((s) => s.effect === 'Allow');
  return statements.some((s) => actions.some((action) => matchAction(s, action.toLowerCase())));
}
