import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { ParsedStatement } from '../../iam/policy/parsed-statement';

/**
 * What a statement that denies intended requests is about.
 *
 * - `regions`: it denies Regions, and nothing else in it restricts what is called.
 * - `global`: it names the Region `unspecified`, and so bans calls that may be answered in any Region.
 * - `guardrail`: it demands a guardrail.
 * - `tags`: it demands a tag of the resource or of the principal.
 * - `approved models`: it denies everything but a list of models.
 * - `models`: it bans models, or models in some Regions.
 * - `principals`: it denies all principals but some.
 * - `profiles`: it compares the profile of a call.
 * - `other`: none of these.
 */
export type Cause =
  | 'regions'
  | 'global'
  | 'guardrail'
  | 'tags'
  | 'approved models'
  | 'models'
  | 'principals'
  | 'profiles'
  | 'other';

const REGION_KEY = 'aws:requestedregion';
export const PROFILE_KEY = 'bedrock:inferenceprofilearn';
const MODEL = ':foundation-model/';
/** Every model in every Region. A pattern with a Region, or without one, bans a routing. */
const ANY_MODEL = /:bedrock:\*:[^:]*:foundation-model\/\*$/;

/** Parses a statement alone. Returns `undefined` if it is not understood. */
export function parsedStatement(statement: JsonMap): ParsedStatement | undefined {
  return parsePolicy({ name: '', document: { Version: '2012-10-17', Statement: [statement] } }, 'identity')
    .statements[0];
}

/** Finds out what a denying statement is about. */
export function causeOf(statement: JsonMap): Cause {
  const parsed = parsedStatement(statement);
  const keys = (parsed?.conditions ?? []).map((c) => c.key);
  const has = (...starts: readonly string[]): boolean => keys.some((key) => starts.some((s) => key.startsWith(s)));
  const resources = (parsed?.resources.patterns ?? []).map((p) => p.text);
  const areModels = resources.length > 0 && resources.every((text) => text.includes(MODEL));
  const namesModels = resources.some((text) => text.includes(MODEL) && !ANY_MODEL.test(text));
  if (has('bedrock:guardrailidentifier')) {
    return 'guardrail';
  }
  if (has('aws:resourcetag/', 'aws:requesttag/')) {
    return 'tags';
  }
  if (has(REGION_KEY)) {
    const aboutRegions = keys.every(
      (key) => [REGION_KEY, PROFILE_KEY].includes(key) || key.startsWith('aws:principal'),
    );
    return bansGlobal(statement) ? 'global' : aboutRegions ? 'regions' : 'other';
  }
  if (has(PROFILE_KEY)) {
    return 'profiles';
  }
  if (parsed?.resources.negated && resources.some((text) => text.includes(MODEL))) {
    return 'approved models';
  }
  if (areModels && namesModels) {
    return 'models';
  }
  // Beside a ban, the tag of a role is an exemption. To carry it would void the ban.
  if (has('aws:principaltag/')) {
    return 'tags';
  }
  return has('aws:principalarn', 'aws:principaltype', 'aws:userid', 'aws:username') ? 'principals' : 'other';
}

/** True when the statement denies the Region `unspecified` by name. */
function bansGlobal(statement: JsonMap): boolean {
  const condition = isJsonMap(statement['Condition']) ? statement['Condition'] : {};
  return Object.entries(condition).some(
    ([operator, block]) =>
      !operator.includes('Not') &&
      Object.entries(isJsonMap(block) ? block : {}).some(
        ([key, values]) => key.toLowerCase() === REGION_KEY && [values].flat().includes('unspecified'),
      ),
  );
}
