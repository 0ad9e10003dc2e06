import { spelledKey } from '../../catalog/condition-keys';
import { type PolicyLayers, parseLayers } from '../../iam/evaluate/policy-layers';
import type { RequestContext } from '../../iam/match/access-request';
import { type ContextKeys, contextKeys } from '../../iam/match/context-keys';
import { matchResourceClass } from '../../iam/match/match-class';
import { matchCondition } from '../../iam/match/match-condition';
import { matchAction } from '../../iam/match/match-statement';
import type { Condition } from '../../iam/policy/condition';
import type { ParsedStatement } from '../../iam/policy/parsed-statement';
import { fillKnownVariables } from '../../iam/space/known-variables';
import { TooManyClasses } from '../../iam/space/partition';
import { arnWitnesses, valueWitnesses } from '../../iam/space/witnesses';
import type { IntendedRequest } from './intended-requests';

const MAX_CONTEXTS = 4096;

/** Keys that every request has, although their values are not known here. */
const ALWAYS_PRESENT = ['aws:currenttime', 'aws:epochtime', 'aws:principalarn', 'aws:userid', 'aws:principalorgid'];

/** Values of unknown keys. */
export interface PossibleContext {
  readonly keys: RequestContext;
  /** True if every key of it is in every request, so that an ordinary request has such a context. */
  readonly isOrdinary: boolean;
}

/** The values that the unknown condition keys of a request may have. */
export interface RequestContexts {
  /** One context for every combination of values. */
  readonly contexts: readonly PossibleContext[];
  /** The unknown keys, as the policies spell them. */
  readonly unknown: readonly string[];
}

/**
 * Lists a context for every combination of values of the keys that are unknown and matter to the request. Returns the
 * reason instead when a condition cannot be decided or there are too many combinations.
 *
 * A statement whose action, resource or known keys do not match cannot decide the request, so its keys do not matter.
 */
export function requestContexts(
  layers: PolicyLayers,
  request: IntendedRequest,
  principalArns: readonly [withoutPath: string, withPath: string],
): RequestContexts | string {
  const known = contextKeys(request.context);
  const isKnown = (key: string): boolean => known.has(key) || key.startsWith('bedrock:') || request.isAbsent(key);
  const relevant = parseLayers(layers)
    .flatMap((l) => l.policies.flatMap((p) => p.statements))
    .filter((statement) => mayMatch(statement, request, known, isKnown));
  const conditions = relevant.flatMap((s) => fillKnownVariables(s, known).conditions).filter((c) => !isKnown(c.key));
  const variables = relevant.flatMap((s) => [
    ...s.conditions.flatMap((c) => c.values.flatMap((value) => [...value])),
    ...s.resources.patterns.flatMap((p) => [...p.whole]),
  ]);
  const open = variables.find((piece) => typeof piece === 'object' && !isKnown(piece.key));
  if (typeof open === 'object') {
    const spelled = spelledKey(open.key) ?? open.key;
    return `a policy variable stands for ${spelled}, whose value is not known; give it with --context ${spelled}=VALUE`;
  }
  const names = new Map(conditions.map((c) => [c.key, c.name]));
  let contexts: readonly PossibleContext[] = [{ keys: {}, isOrdinary: true }];
  for (const [key, name] of names) {
    const values = possibleValues(
      key,
      conditions.filter((c) => c.key === key),
      principalArns,
    );
    if (typeof values === 'string') {
      return values;
    }
    const isOrdinary = ALWAYS_PRESENT.includes(key);
    contexts = values.flatMap((v) =>
      contexts.map((c) =>
        v.length === 0 ? c : { keys: { ...c.keys, [name]: v }, isOrdinary: c.isOrdinary && isOrdinary },
      ),
    );
    if (contexts.length > MAX_CONTEXTS) {
      return `the condition keys of the policies outside the templates have more than ${MAX_CONTEXTS} combinations of values; give some with --context`;
    }
  }
  return { contexts, unknown: [...names.values()] };
}

function mayMatch(
  statement: ParsedStatement,
  { action, resource }: IntendedRequest,
  known: ContextKeys,
  isKnown: (key: string) => boolean,
): boolean {
  const onlyKnown = ({ key, values }: Condition): boolean =>
    isKnown(key) && values.every((value) => value.every((piece) => typeof piece !== 'object' || isKnown(piece.key)));
  return (
    matchAction(statement, action.toLowerCase()) &&
    matchResourceClass(statement, resource, known) !== false &&
    statement.conditions.filter(onlyKnown).every((condition) => matchCondition(condition, known) !== false)
  );
}

function possibleValues(
  key: string,
  conditions: readonly Condition[],
  principalArns: readonly [withoutPath: string, withPath: string],
): readonly (readonly string[])[] | string {
  try {
    if (key === 'aws:principalarn') {
      return arnWitnesses(principalArns, conditions).map((arn) => [arn]);
    }
    const values = valueWitnesses(key, conditions);
    return ALWAYS_PRESENT.includes(key) ? values.filter((value) => value.length > 0 && value[0] !== '') : values;
  } catch (error) {
    if (error instanceof TooManyClasses) {
      return error.message;
    }
    throw error;
  }
}
