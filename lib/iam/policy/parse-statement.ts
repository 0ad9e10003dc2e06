import { parseAction } from './parse-action';
import { parseCondition } from './parse-condition';
import type { ParsedStatement, Patterns } from './parsed-statement';
import { type PrincipalPattern, parsePrincipal } from './principal-pattern';
import { quote } from './quote';
import type { Refuse } from './refuse';
import { parseResource } from './resource-pattern';
import { stringList } from './string-list';

/**
 * The grammars of policies. Identity policies, boundaries, session policies and SCPs share one. Trust policies name
 * principals and no resources. Policies of VPC endpoints name both.
 */
export type PolicyKind = 'identity' | 'trust' | 'endpoint';

const ELEMENTS = {
  identity: ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
  trust: ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Condition'],
  endpoint: ['Sid', 'Effect', 'Principal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'],
} as const;

const EVERY_RESOURCE = { negated: true, patterns: [] } as const;

/** Parses one statement. If it calls `refuse`, the statement that it returns is incomplete and must not be used. */
export function parseStatement(
  statement: ReadonlyMap<string, unknown>,
  kind: PolicyKind,
  variables: boolean,
  refuse: Refuse,
): ParsedStatement {
  const known: readonly string[] = ELEMENTS[kind];
  for (const name of statement.keys()) {
    if (!known.includes(name)) {
      refuse(`the element ${quote(name)} is not known in ${kind} policies; known: ${known.join(', ')}`);
    }
  }
  const sid = statement.get('Sid');
  if (statement.has('Sid') && typeof sid !== 'string') {
    refuse(`Sid is ${quote(sid)}; it must be a string`);
  }
  const effect = statement.get('Effect');
  if (effect !== 'Allow' && effect !== 'Deny') {
    refuse(`Effect is ${quote(effect)}; it must be 'Allow' or 'Deny'`);
  }
  return {
    sid: sidOf(statement),
    effect: effect === 'Allow' ? 'Allow' : 'Deny',
    actions: eitherOf(
      'Action',
      statement,
      (text) => parseAction(text) ?? refuse(`Action ${quote(text)} is neither '*' nor service:Name`),
      refuse,
    ),
    actionTexts: [statement.get('Action'), statement.get('NotAction')]
      .flat()
      .filter((text) => typeof text === 'string'),
    resources:
      kind === 'trust'
        ? EVERY_RESOURCE
        : eitherOf('Resource', statement, (text) => parseResource(text, variables, refuse), refuse),
    principals: kind === 'identity' ? [] : principalsOf(statement, kind, refuse),
    conditions: statement.has('Condition') ? parseCondition(statement.get('Condition'), variables, refuse) : [],
  };
}

export function sidOf(statement: ReadonlyMap<string, unknown> | undefined): string | undefined {
  const sid = statement?.get('Sid');
  return typeof sid === 'string' ? sid : undefined;
}

/** Parses an element or its negation. A statement must have exactly one of the two. */
function eitherOf<P>(
  element: 'Action' | 'Resource',
  statement: ReadonlyMap<string, unknown>,
  parse: (text: string) => P | undefined,
  refuse: Refuse,
): Patterns<P> {
  const negated = statement.has(`Not${element}`);
  if (negated === statement.has(element)) {
    refuse(`a statement has either ${element} or Not${element}; this one has ${negated ? 'both' : 'neither'}`);
    return { negated, patterns: [] };
  }
  const name = negated ? `Not${element}` : element;
  const texts = stringList(name, statement.get(name), refuse);
  return { negated, patterns: texts.map(parse).filter((pattern) => pattern !== undefined) };
}

/**
 * Parses the principals of a statement.
 *
 * AWS lets the policy of a VPC endpoint name principals. This evaluator refuses that and asks for a condition instead.
 */
function principalsOf(
  statement: ReadonlyMap<string, unknown>,
  kind: PolicyKind,
  refuse: Refuse,
): readonly PrincipalPattern[] {
  const principals = parsePrincipal(statement.get('Principal'), refuse);
  if (kind === 'endpoint' && principals.some((p) => p.kind !== 'everyone')) {
    refuse("Principal must be '*' in an endpoint policy; name principals in a condition on aws:PrincipalArn");
  }
  return principals;
}
