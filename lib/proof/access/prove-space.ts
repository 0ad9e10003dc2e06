import { conditionKey } from '../../catalog/condition-keys';
import { type PolicyLayers, parseLayers } from '../../iam/evaluate/policy-layers';
import type { AccessRequest } from '../../iam/match/access-request';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { Refusal } from '../../iam/policy/refusal';
import { decideLayers, hasBit, type SpaceDecision, visitEveryClass } from '../../iam/space/decide-space';
import { type RequestSpace, requestSpace, type SpaceOptions, type SpaceStatement } from '../../iam/space/request-space';
import { TooManyClasses } from '../../iam/space/word-automaton';

/** Classes of requests that are answered otherwise than intended, for one reason, with a member of the first. */
export interface SpaceFinding {
  readonly kind: 'excess' | 'escalation' | 'missing' | 'undecided';
  readonly witness: AccessRequest;
  /** How many classes it is about. */
  readonly classes: number;
  /** The statement that allows or denies; absent where nothing allows. */
  readonly decidedBy?: SpaceStatement;
  /** What the intent, or the way to more rights, says in words. */
  readonly purpose?: string;
  /** Why an undecided class is so. */
  readonly reason?: string;
}

/** What was gone through, and what was found. */
export interface SpaceProof {
  readonly classes: number;
  /** Classes that are intended and allowed. */
  readonly allowed: number;
  /** Classes that are not intended and denied. */
  readonly denied: number;
  readonly statements: number;
  readonly findings: readonly SpaceFinding[];
  /** What was not understood: then nothing was decided. */
  readonly refusals: readonly Refusal[];
}

export interface SpaceQuestion {
  readonly layers: PolicyLayers;
  /** What must be allowed, and nothing else. */
  readonly intent: Policy;
  /** What must not be allowed whatever the intent says. */
  readonly escalations?: Policy;
  readonly surroundings: SpaceOptions;
}

const MOST_CLASSES = 4_000_000;

/** Compares what the layers allow with the intent, for every class of requests that the two together tell apart. */
export function proveSpace({ layers, intent, escalations, surroundings }: SpaceQuestion): SpaceProof {
  const parsed = parseLayers(layers);
  const statements = parsed.reduce((n, l) => n + l.policies.reduce((m, p) => m + p.statements.length, 0), 0);
  const nothing = { classes: 0, allowed: 0, denied: 0, statements, findings: [] };
  const aside = [intent, ...(escalations === undefined ? [] : [escalations])].map((p) => parsePolicy(p, 'identity'));
  const refusals = [...parsed.flatMap((l) => l.policies), ...aside].flatMap((p) => p.refusals);
  if (refusals.length > 0) {
    return { ...nothing, refusals };
  }
  try {
    const space = requestSpace(
      [...parsed, ...aside.map((p) => ({ layer: 'identity' as const, policies: [p] }))],
      surroundings,
    );
    const classes = space.dimensions.reduce((n, d) => n * d.classes.length, 1);
    if (classes > MOST_CLASSES) {
      throw new TooManyClasses(
        `the policies tell ${classes} classes of requests apart; ${MOST_CLASSES} are gone through`,
      );
    }
    return { ...compare(space, parsed.length, surroundings), classes, statements, refusals: [] };
  } catch (error) {
    if (!(error instanceof TooManyClasses)) {
      throw error;
    }
    return { ...nothing, refusals: [{ policy: 'all policies together', sid: undefined, reason: error.message }] };
  }
}

function compare(
  space: RequestSpace,
  count: number,
  { known = {} }: SpaceOptions,
): Pick<SpaceProof, 'allowed' | 'denied' | 'findings'> {
  const layers = space.layers.slice(0, count);
  const intended = space.layers.slice(count, count + 1);
  const escalating = space.layers.slice(count + 1);
  const findings = new Map<string, SpaceFinding>();
  let allowed = 0;
  let denied = 0;
  visitEveryClass(space, (indices, certain, possible) => {
    const decision = decideLayers(layers, certain, possible);
    const wanted = decideLayers(intended, certain, possible) === 'allowed';
    const escalates = escalating.length > 0 && decideLayers(escalating, certain, possible) === 'allowed';
    const kind = kindOf(decision, wanted, escalates);
    if (kind === undefined) {
      allowed += wanted ? 1 : 0;
      denied += wanted ? 0 : 1;
      return;
    }
    const matching = (side: RequestSpace['layers'], effect: 'allow' | 'deny'): SpaceStatement | undefined =>
      space.statements.find((_, i) => side.some((l) => hasBit(l[effect], i)) && hasBit(certain, i));
    const undecided = kind === 'undecided' ? undecidedStatement(space, certain, possible) : undefined;
    const decidedBy = undecided ?? matching(layers, kind === 'missing' ? 'deny' : 'allow');
    // What is too much is so for want of an allow in the intent, or for a deny in it.
    const purpose =
      kind === 'escalation'
        ? matching(escalating, 'allow')?.statement.sid
        : matching(intended, kind === 'excess' ? 'deny' : 'allow')?.statement.sid;
    const key = [kind, decidedBy?.policy, decidedBy?.statement.sid, purpose].join('\n');
    const before = findings.get(key);
    findings.set(
      key,
      before === undefined
        ? {
            kind,
            witness: witnessOf(space, indices, known),
            classes: 1,
            ...(decidedBy !== undefined && { decidedBy }),
            ...(purpose !== undefined && { purpose }),
            ...(undecided !== undefined && { reason: space.undecided.get(undecided) ?? '' }),
          }
        : { ...before, classes: before.classes + 1 },
    );
  });
  return { allowed, denied, findings: [...findings.values()] };
}

function kindOf(decision: SpaceDecision, wanted: boolean, escalates: boolean): SpaceFinding['kind'] | undefined {
  if (decision === 'undecided') {
    return 'undecided';
  }
  if (decision === 'allowed' && escalates) {
    return 'escalation';
  }
  return (decision === 'allowed') === wanted ? undefined : wanted ? 'missing' : 'excess';
}

function undecidedStatement(
  space: RequestSpace,
  certain: Uint32Array,
  possible: Uint32Array,
): SpaceStatement | undefined {
  return space.statements.find((_, i) => hasBit(possible, i) && !hasBit(certain, i));
}

/** A request of the class. Keys that are known are in it as well, so that it can be asked of any evaluator. */
function witnessOf(
  { dimensions }: RequestSpace,
  indices: readonly number[],
  known: NonNullable<SpaceOptions['known']>,
): AccessRequest {
  const witness = dimensions.map((d, i) => d.classes[indices[i] ?? 0]?.witness);
  const keys = dimensions.slice(2).flatMap(({ name }, i) => {
    const value = witness[i + 2];
    return value === undefined ? [] : [[conditionKey(name)?.name ?? name, [value]] as const];
  });
  return { action: witness[0] ?? '', resource: witness[1] ?? '', context: { ...Object.fromEntries(keys), ...known } };
}
