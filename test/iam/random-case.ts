import type { AccessRequest } from '../../lib/iam/match/access-request';
import type { Random } from './random';

export interface RandomStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string[];
  readonly NotAction?: string[];
  readonly Resource?: string[];
  readonly NotResource?: string[];
  readonly Condition?: Record<string, Record<string, string[]>>;
}

export interface RandomCase {
  readonly identity: readonly RandomStatement[][];
  readonly boundary: readonly RandomStatement[] | undefined;
  readonly session: readonly RandomStatement[] | undefined;
  readonly request: AccessRequest;
}

const PROFILES = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile';
const ACTIONS = ['bedrock:InvokeModel', 'bedrock:GetInferenceProfile', 's3:GetObject'];
const ACTION_PATTERNS = ['*', 'bedrock:*', 'bedrock:Invoke*', 'bedrock:InvokeMode?', 's3:Get*', ...ACTIONS];
const RESOURCES = [
  `${PROFILES}/a`,
  `${PROFILES}/b`,
  'arn:aws:bedrock:us-east-1::foundation-model/m:0',
  'arn:aws:s3:::b/x',
];
const RESOURCE_PATTERNS = [
  '*',
  `${PROFILES}/?`,
  `${PROFILES}/\${test:string}`,
  'arn:aws:bedrock:*::foundation-model/*',
  'arn:aws:bedrock:*:*:*',
  ...RESOURCES,
];
const VALUES = {
  'test:string': ['a', 'b', 'A'],
  'test:arn': [`${PROFILES}/a`, `${PROFILES}/b`],
  'test:bool': ['true', 'false'],
};
// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable
const STRING_PATTERNS = ['a', 'b', 'B', 'a*', '?', "${test:bool, 'a'}"];
const ARN_PATTERNS = [`${PROFILES}/a`, `${PROFILES}/b`, `${PROFILES}/c*`, 'arn:aws:bedrock:*:*:*/b'];

const STRING = ['StringEquals', 'StringEqualsIgnoreCase', 'StringLike'];
const NOT_STRING = ['StringNotEquals', 'StringNotEqualsIgnoreCase', 'StringNotLike'];
const ARN = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike'];

/** Every operator with every prefix and suffix. */
export const OPERATORS: readonly string[] = [
  'Null',
  ...[...STRING, ...NOT_STRING, ...ARN, 'Bool'].flatMap((name) =>
    ['', 'ForAllValues:', 'ForAnyValue:'].flatMap((set) => [`${set}${name}`, `${set}${name}IfExists`]),
  ),
];

function randomCondition(random: Random): Record<string, Record<string, string[]>> {
  const operator = random.one(OPERATORS);
  if (operator === 'Null') {
    return { Null: { [random.one(Object.keys(VALUES))]: [random.one(['true', 'false'])] } };
  }
  if (operator.includes('Arn')) {
    return { [operator]: { 'test:arn': random.some(ARN_PATTERNS, 2) } };
  }
  if (operator.includes('Bool')) {
    return { [operator]: { 'test:bool': [random.one(['true', 'false'])] } };
  }
  return { [operator]: { 'test:string': random.some(STRING_PATTERNS, 3) } };
}

export function randomStatement(random: Random, effect?: 'Allow' | 'Deny'): RandomStatement {
  return {
    Effect: effect ?? (random.chance(0.88) ? 'Allow' : 'Deny'),
    [random.chance(0.85) ? 'Action' : 'NotAction']: random.some(ACTION_PATTERNS, 3),
    [random.chance(0.85) ? 'Resource' : 'NotResource']: random.some(RESOURCE_PATTERNS, 3),
    ...(random.chance(0.5)
      ? { Condition: { ...randomCondition(random), ...(random.chance(0.3) ? randomCondition(random) : {}) } }
      : {}),
  };
}

export function randomPolicy(random: Random): RandomStatement[] {
  return Array.from({ length: 1 + random.below(4) }, () => randomStatement(random));
}

export function randomCase(random: Random): RandomCase {
  const present = Object.entries(VALUES).filter(() => random.chance(0.75));
  const context = present.map(([key, values]) => [key, random.some(values, random.chance(0.1) ? 2 : 1)]);
  return {
    identity: Array.from({ length: 1 + random.below(3) }, () => randomPolicy(random)),
    boundary: random.chance(0.25) ? randomPolicy(random) : undefined,
    session: random.chance(0.15) ? randomPolicy(random) : undefined,
    request: { action: random.one(ACTIONS), resource: random.one(RESOURCES), context: Object.fromEntries(context) },
  };
}
