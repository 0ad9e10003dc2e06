import { isUnknownAction } from '../../catalog/actions';
import { type PolicyLayers, parseLayers } from '../../iam/evaluate/policy-layers';
import type { AccessRequest } from '../../iam/match/access-request';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { Refusal } from '../../iam/policy/refusal';
import { classWitness } from '../../iam/space/class-witness';
import { decideLayers, hasBit, type SpaceDecision, visitEveryClass } from '../../iam/space/decide-space';
import { type RequestSpace, requestSpace, type SpaceOptions, type SpaceStatement } from '../../iam/space/request-space';
import { TooManyClasses } from '../../iam/space/word-automaton';

/**
 * Request classes whose decision is not the intended one, for the same reason. The witness is a request of the first
 * class.
 */
export interface SpaceFinding {
  readonly kind: 'excess' | 'escalation' | 'missing' | 'undecided';
  readonly witness: AccessRequest;
  /** Number of classes. */
  readonly classes: number;
  /** The statement that allows or denies the request; absent when no statement allows it. */
  readonly decidedBy?: SpaceStatement;
  /** Purpose of the intended statement, or the escalation, in words. */
  readonly purpose?: string;
  /** The reason why a class is undecided. */
  readonly reason?: string;
}

/** Counts of the examined classes, and the findings. */
export interface SpaceProof {
  readonly classes: number;
  /** Classes that are intended and allowed. */
  readonly allowed: number;
  /** Classes that are not intended and denied. */
  readonly denied: number;
  readonly statements: number;
  readonly findings: readonly SpaceFinding[];
  /** Statements that were not understood. If there are any, nothing was decided. */
  readonly refusals: readonly Refusal[];
}

export interface SpaceQuestion {
  readonly layers: PolicyLayers;
  /** Requests that must be allowed. All others must be denied. */
  readonly intent: Policy;
  /** Requests that must be denied even if the intent allows them. */
  readonly escalations?: Policy;
  readonly surroundings: SpaceOptions;
}

const MAX_CLASSES = 4_000_000;

/** Compares what the layers allow with the intent, for every class of requests that both together distinguish. */
export function proveSpace({ layers, intent, escalations, surroundings }: SpaceQuestion): SpaceProof {
  const parsed = parseLayers(layers);
  const statements = parsed.reduce((n, l) => n + l.policies.reduce((m, p) => m + p.statements.length, 0), 0);
  const nothing = { classes: 0, allowed: 0, denied: 0, statements, findings: [] };
  const expectations = [intent, ...(escalations === undefined ? [] : [escalations])].map((p) =>
    parsePolicy(p, 'identity'),
  );
  const refusals = [...parsed.flatMap((l) => l.policies), ...expectations].flatMap((p) => p.refusals);
  if (refusals.length > 0) {
    return { ...nothing, refusals };
  }
  try {
    const space = requestSpace(
      [...parsed, ...expectations.map((p) => ({ layer: 'identity' as const, policies: [p] }))],
      surroundings,
    );
    const classes = space.dimensions.reduce((n, d) => n * d.classes.length, 1);
    if (classes > MAX_CLASSES) {
      throw new TooManyClasses(
        `the policies distinguish ${classes} classes of requests; at most ${MAX_CLASSES} are examined`,
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
  // An action that does not exist must not be the witness of access that exists.
  const isUnknown = (space.dimensions[0]?.classes ?? []).map(({ witness: [action = ''] }) => isUnknownAction(action));
  let allowed = 0;
  let denied = 0;
  visitEveryClass(space, (indices, certain, possible) => {
    const decision = decideLayers(layers, certain, possible);
    const isIntended = decideLayers(intended, certain, possible) === 'allowed';
    const escalates = escalating.length > 0 && decideLayers(escalating, certain, possible) === 'allowed';
    const kind = kindOf(decision, isIntended, escalates);
    if (kind === undefined) {
      allowed += isIntended ? 1 : 0;
      denied += isIntended ? 0 : 1;
      return;
    }
    const matching = (side: RequestSpace['layers'], effect: 'allow' | 'deny'): SpaceStatement | undefined =>
      space.statements.find((_, i) => side.some((l) => hasBit(l[effect], i)) && hasBit(certain, i));
    const undecided = kind === 'undecided' ? undecidedStatement(space, certain, possible) : undefined;
    const decidedBy = undecided ?? matching(layers, kind === 'missing' ? 'deny' : 'allow');
    // An excess has a purpose only if a deny statement of the intent forbids it.
    const purpose =
      kind === 'escalation'
        ? matching(escalating, 'allow')?.statement.sid
        : matching(intended, kind === 'excess' ? 'deny' : 'allow')?.statement.sid;
    const key = [kind, decidedBy?.policy, decidedBy?.statement.sid, purpose, isUnknown[indices[0] ?? 0]].join('\n');
    const before = findings.get(key);
    findings.set(
      key,
      before === undefined
        ? {
            kind,
            witness: classWitness(space, indices, known),
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

function kindOf(decision: SpaceDecision, isIntended: boolean, escalates: boolean): SpaceFinding['kind'] | undefined {
  if (decision === 'undecided') {
    return 'undecided';
  }
  if (decision === 'allowed' && escalates) {
    return 'escalation';
  }
  return (decision === 'allowed') === isIntended ? undefined : isIntended ? 'missing' : 'excess';
}

function undecidedStatement(
  space: RequestSpace,
  certain: Uint32Array,
  possible: Uint32Array,
): SpaceStatement | undefined {
  return space.statements.find((_, i) => hasBit(possible, i) && !hasBit(certain, i));
}
