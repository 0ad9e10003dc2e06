import { SERVICE_TIERS } from '../../../lambda/aliases/service-tiers';
import type { Routing } from '../../../lib/catalog/routing';
import { MAX_GENERATIONS } from '../../../lib/config/checks/check-application';
import { mostAccessPolicies } from '../../../lib/config/principals/further-policies';
import { grantGeneration, grantLookup } from '../../../lib/plan/application/grant';
import { planGeneration } from '../../../lib/plan/parts/generation-plan';
import { packPolicies } from '../../../lib/plan/parts/pack-policies';
import { resolveProfiles } from '../../../lib/plan/parts/profile-reference';
import { policyDocument, type Statement } from '../../../lib/plan/parts/statement';
import { longestFrom, longName, place, REGIONS } from '../environments';

const model = (region: string, id = 'a.b'): string => `arn:aws:bedrock:${region}::foundation-model/${id}`;

/** Returns a group of statements. Each Region adds the ARN of a model, so that a test can choose the length. */
function group(name: string, regions: readonly string[], id?: string): readonly Statement[] {
  return [
    { Sid: `${name}Profile`, Effect: 'Allow', Action: ['bedrock:InvokeModel'], Resource: [`arn:aws:${name}`] },
    {
      Sid: `${name}Model`,
      Effect: 'Allow',
      Action: ['bedrock:InvokeModel'],
      Resource: regions.map((r) => model(r, id)),
    },
  ];
}

function sids(policies: readonly (readonly Statement[])[]): readonly (readonly string[])[] {
  return policies.map((statements) => statements.map((s) => s.Sid));
}

/** Counts the characters of each policy as IAM does, with profile ARNs of the length that Bedrock gives. */
function sizes(policies: readonly (readonly Statement[])[], region: string): readonly number[] {
  const arn = `arn:aws:bedrock:${region}:111122223333:application-inference-profile/abcdefgh1234`;
  return policies.map((p) => JSON.stringify(policyDocument(resolveProfiles(p, () => arn))).length);
}

test('statements that fit one policy are not changed', () => {
  const groups = [group('A', ['us-east-1', 'us-west-2']), group('B', ['us-east-1'])];
  expect(packPolicies(groups)).toEqual([groups.flat()]);
});

test('a policy of more than 6,144 characters has * for the Regions of each model', () => {
  const many = Array.from({ length: 120 }, (_, i) => `us-east-${i}`);
  expect(packPolicies([group('A', many), group('B', ['us-east-1'], 'c.d')])).toEqual([
    [...group('A', ['*']), ...group('B', ['*'], 'c.d')],
  ]);
});

test('the ARN without a Region, which global routing needs, never gets *', () => {
  const many = Array.from({ length: 120 }, (_, i) => `us-east-${i}`);
  expect(packPolicies([group('A', many), group('Global', ['', 'us-east-1'])])).toEqual([
    [...group('A', ['*']), ...group('Global', ['', 'us-east-1'])],
  ]);
});

test('statements that still do not fit are split, and each group stays in one policy', () => {
  const long = 'm'.repeat(2400);
  const policies = packPolicies(['A', 'B', 'C', 'D', 'E'].map((name) => group(name, ['us-east-1'], long)));
  expect(sids(policies)).toEqual([
    ['AProfile', 'AModel', 'BProfile', 'BModel'],
    ['CProfile', 'CModel', 'DProfile', 'DModel'],
    ['EProfile', 'EModel'],
  ]);
});

test.each(REGIONS)('the most generations that an application in %s may have fit ten policies', (region) => {
  const inRegion = { ...place, region, environment: longName(20) };
  const application = longName(24);
  const guardrail = {
    id: 'g'.repeat(64),
    version: '99999999',
    arn: `arn:aws:bedrock:${region}:111122223333:guardrail/${'g'.repeat(64)}`,
  };
  const grant = (alias: string, generation: { readonly model: string; readonly routing: Routing }) =>
    grantGeneration(planGeneration(inRegion, application, alias, generation), guardrail, SERVICE_TIERS);
  const largestOf = (count: number) =>
    longestFrom(region)
      .map((generation) => {
        const groups = Array.from({ length: count }, (_, i) => grant(longName(24, i), generation));
        return packPolicies([grantLookup(inRegion, application, guardrail), ...groups]);
      })
      .reduce((a, b) => (b.length > a.length ? b : a));
  for (const count of [1, 4, 7, 12, 15, 24]) {
    expect(largestOf(count).length).toBeLessThanOrEqual(mostAccessPolicies(count));
  }
  const largest = largestOf(MAX_GENERATIONS);
  expect(largest.length).toBeLessThanOrEqual(10);
  expect(Math.max(...sizes(largest, region))).toBeLessThanOrEqual(6144);
});
