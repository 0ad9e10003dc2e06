import type { AccessRequest } from '../../lib/iam/match/access-request';

/** Policies and requests as people write them, so that each engine parses them itself. */
export interface OracleCase {
  readonly seed: number;
  readonly policies: PolicySet;
  readonly requests: readonly AccessRequest[];
}

export interface PolicySet {
  readonly identity: readonly NamedPolicy[];
  readonly boundary?: NamedPolicy;
  readonly session?: NamedPolicy;
  readonly serviceControl?: readonly (readonly NamedPolicy[])[];
  readonly endpoint?: NamedPolicy;
}

export interface NamedPolicy {
  readonly name: string;
  readonly document: PolicyDocument;
}

export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

export type OneOrMore<T> = T | readonly T[];
export type ConditionBlock = Readonly<Record<string, Readonly<Record<string, OneOrMore<string | boolean>>>>>;

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: '*';
  readonly Action?: OneOrMore<string>;
  readonly NotAction?: OneOrMore<string>;
  readonly Resource?: OneOrMore<string>;
  readonly NotResource?: OneOrMore<string>;
  readonly Condition?: ConditionBlock;
}

export function listOf<T>(value: OneOrMore<T> | undefined): readonly T[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value as T];
}

/** Lists every policy, layer by layer. */
export function policiesOf({ identity, boundary, session, serviceControl, endpoint }: PolicySet): NamedPolicy[] {
  const all = [...identity, boundary, session, ...(serviceControl ?? []).flat(), endpoint];
  return all.filter((policy) => policy !== undefined);
}
