import { arnPatternParts } from './arn-parts';
import { ANY } from './glob';
import { quote } from './quote';
import type { Refuse } from './refuse';
import { parseTemplate, type Template } from './template';

/** Services whose ARNs have no resource type before the resource name (Service Authorization Reference, 2026-09-26). */
const WITHOUT_TYPES: readonly string[] = ['codecommit', 'codepipeline', 'execute-api', 's3', 'sns', 'sqs'];

/** A value of Resource or NotResource. */
export interface ResourcePattern {
  /** The pattern as written in the policy. */
  readonly text: string;
  readonly whole: Template;
  /**
   * The only resource that the pattern names.
   *
   * @default - the pattern has wildcards or variables
   */
  readonly literal?: string;
  /**
   * The six parts of the ARN.
   *
   * @default - the pattern is `*` and matches every resource
   */
  readonly parts?: readonly Template[];
}

/**
 * Parses `*` or the pattern of an ARN.
 *
 * AWS allows no wildcard in the service and no variable in the first five parts (IAM User Guide, "IAM JSON policy
 * elements: Resource" and "Variables and tags"). Policy engines differ on a wildcard in the resource type. All three
 * are refused.
 */
export function parseResource(text: string, variables: boolean, refuse: Refuse): ResourcePattern | undefined {
  const whole = parseTemplate(text, { wildcards: true, variables });
  if (whole === undefined) {
    return refuse(`Resource ${quote(text)} has a malformed variable; write \${key} or \${key, 'default'}`);
  }
  if (text === '*') {
    return { text, whole };
  }
  const parts = arnPatternParts(whole);
  if (parts === undefined) {
    return refuse(`Resource ${quote(text)} is neither '*' nor an ARN of six parts`);
  }
  const [, , service = [], , , name = []] = parts;
  if (parts.slice(0, -1).some((part) => part.some((piece) => typeof piece === 'object'))) {
    return refuse(`Resource ${quote(text)} has a variable before its fifth colon; IAM allows variables only after it`);
  }
  if (service.some((piece) => typeof piece === 'symbol')) {
    return refuse(`Resource ${quote(text)} has a wildcard in its service; name the service`);
  }
  if (!(name.length === 1 && name[0] === ANY) && !WITHOUT_TYPES.includes(String(service)) && hasWildcardInType(name)) {
    return refuse(`Resource ${quote(text)} has a wildcard in its resource type; name the type`);
  }
  const [only] = whole;
  return { text, whole, parts, ...(whole.length === 1 && typeof only === 'string' && { literal: only }) };
}

/**
 * Returns true when the resource type has a wildcard. The type ends at the first `/` or `:`, or at the end of the ARN.
 */
function hasWildcardInType(name: Template): boolean {
  const end = name.findIndex((piece) => typeof piece === 'string' && /[/:]/.test(piece));
  return name.slice(0, end < 0 ? name.length : end).some((piece) => typeof piece === 'symbol');
}
