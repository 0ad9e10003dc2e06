import '../../lib/testing';
import { evaluate, type PolicyLayers } from '../../lib/iam/evaluate/evaluate';
import {
  documentOf,
  INVOKE,
  type Json,
  MODEL,
  PROFILE,
  SYSTEM_PROFILE,
  sentenceOf,
  templateOf,
} from './small-template';

const KEY = 'bedrock:InferenceProfileArn';
const RESOURCES = [
  '*',
  PROFILE,
  SYSTEM_PROFILE,
  MODEL,
  'arn:aws:bedrock:*::foundation-model/*',
  'arn:aws:bedrock:us-*::foundation-model/amazon.nova-lite-v1:0',
  'arn:aws:bedrock:::foundation-model/amazon.nova-lite-v1:0',
  'arn:aws:bedrock:*:*:imported-model/*',
];
const ACTIONS = ['*', 'bedrock:*', 'bedrock:Invoke*', ...INVOKE, 's3:*', 'bedrock:Get*'];
const PROFILES = [PROFILE, SYSTEM_PROFILE, 'arn:aws:bedrock:*:*:application-inference-profile/*'];
const CONDITIONS: readonly Json[] = [
  {},
  ...['ArnLike', 'ArnNotLike', 'StringLike', 'ArnEqualsIfExists', 'ForAllValues:StringLike'].flatMap((operator) =>
    PROFILES.map((value) => ({ [operator]: { [KEY]: value } })),
  ),
  { Null: { [KEY]: 'false' } },
  ...['StringLike', 'StringNotLike', 'StringEqualsIfExists'].flatMap((operator) =>
    ['us-east-1', 'us-*', 'unspecified'].map((value) => ({ [operator]: { 'aws:RequestedRegion': value } })),
  ),
];

/** Returns a generator of pseudo-random numbers, which are the same in every run (mulberry32). */
function numbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

function randomStatements(next: (below: number) => number, most: number): readonly Json[] {
  const one = <T>(list: readonly T[]): T => list[next(list.length)] as T;
  return Array.from({ length: 1 + next(most) }, () => ({
    Effect: next(4) === 0 ? 'Deny' : 'Allow',
    [next(5) === 0 ? 'NotAction' : 'Action']: [one(ACTIONS), one(ACTIONS)],
    [next(5) === 0 ? 'NotResource' : 'Resource']: [one(RESOURCES), one(RESOURCES)],
    Condition: one(CONDITIONS),
  }));
}

/** Requests to models and profiles that Bedrock could make. */
const REQUESTS = ['us-east-1', 'us-west-2', 'eu-west-1', ''].flatMap((region) =>
  [
    `arn:aws:bedrock:${region}::foundation-model/amazon.nova-lite-v1:0`,
    `arn:aws:bedrock:${region}::foundation-model/another`,
    ...(region === '' ? [] : [`arn:aws:bedrock:${region}:111122223333:imported-model/a`, PROFILE, SYSTEM_PROFILE]),
  ].flatMap((resource) =>
    INVOKE.flatMap((action) =>
      [undefined, PROFILE, SYSTEM_PROFILE].map((profile) => ({
        action,
        resource,
        context: {
          'aws:RequestedRegion': [resource.split(':')[3] || 'unspecified'],
          ...(profile !== undefined && { [KEY]: [profile] }),
        },
      })),
    ),
  ),
);

test('no matcher passes when the evaluator allows a request that the matcher forbids', () => {
  const next = numbers(20261121);
  for (let i = 0; i < 80; i += 1) {
    const identity = randomStatements(next, 4);
    const boundary = next(3) === 0 ? randomStatements(next, 2) : undefined;
    const layers: PolicyLayers = {
      identity: [{ name: 'Access', document: documentOf(identity) }],
      ...(boundary && { boundary: { name: 'Boundary', document: documentOf(boundary) } }),
    };
    const allowed = REQUESTS.filter((request) => evaluate(layers, request).decision === 'allowed');
    const template = templateOf(identity, boundary);
    const around = allowed.filter((r) => !/inference-profile/.test(r.resource) && r.context[KEY]?.[0] !== PROFILE);
    const elsewhere = allowed.filter((r) => r.context['aws:RequestedRegion']?.[0] !== 'us-east-1');
    const passing = {
      identity,
      boundary,
      ...(around.length > 0 && { around: sentenceOf(() => expect(template).toInvokeOnlyThroughProfiles()) }),
      ...(elsewhere.length > 0 && { elsewhere: sentenceOf(() => expect(template).toReachOnlyRegions(['us-east-1'])) }),
    };
    expect(Object.values(passing)).not.toContain('passes');
  }
});
