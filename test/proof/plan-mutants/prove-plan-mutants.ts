import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { readEnvironment } from '../../../lib/config/read-environment';
import { changedSource, loadChanged } from './load-changed';
import { PLAN_MUTANTS } from './plan-mutants';

/** An environment with every feature for which `lib/plan` makes policies. */
const ENVIRONMENT = {
  name: 'dev',
  account: '111122223333',
  region: 'us-east-1',
  contact: 'platform@example.com',
  costAllocationTags: 'activate',
  invocationLogging: { retentionDays: 30 },
  network: {
    vpcId: 'vpc-0123456789abcdef0',
    subnetIds: ['subnet-0123456789abcdef0'],
    clientCidr: '10.0.0.0/16',
    also: ['ssm', 'sts'],
  },
  applications: {
    chat: {
      owner: 'team@example.com',
      costCenter: 'CC-1',
      models: {
        main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' },
        embed: { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' },
      },
      principals: [
        { service: 'lambda.amazonaws.com' },
        { github: { repository: 'acme/chat', branches: ['main'], environments: ['production'] } },
        { account: '444455556666', externalId: 'chat-7f3a' },
        {
          account: '555566667777',
          ...{ organization: 'o-a1b2c3d4e5', rolePattern: 'deploy-*', sourceIdentity: 'required' },
        },
        { account: '666677778888', externalId: 'chat-8a4b', sourceIdentity: 'allowed' },
        {
          irsa: {
            ...{ provider: 'oidc.eks.us-east-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE' },
            ...{ namespace: 'chat', serviceAccount: 'api' },
          },
        },
        { gitlab: { project: 'acme/chat', branches: ['main'] } },
        { oidc: { provider: 'ci.example.com', audience: 'bedrock', subjects: ['team:search:*'] } },
        { role: 'chat-api' },
        { user: 'alice' },
      ],
      guardrail: { id: 'abcdefgh1234', version: '2' },
      budget: { monthlyUsd: 500, notify: ['team@example.com'], atLimit: 'deny' },
      alarms: { dailyUsd: 40 },
    },
    search: {
      owner: 'team@example.com',
      costCenter: 'CC-1',
      models: { embed: { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' } },
      principals: [{ service: ['ecs-tasks.amazonaws.com', 'ec2.amazonaws.com'] }],
    },
    store: {
      owner: 'team@example.com',
      costCenter: 'CC-1',
      models: { embed: { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' } },
      principals: [{ pods: { cluster: 'shop', namespace: 'store', serviceAccount: 'api' } }],
    },
  },
};

const { environment } = readEnvironment('dev.yaml', Buffer.from(JSON.stringify(ENVIRONMENT)), '2026-11-20');

/** Lists the kind and the message of each violation after a change of one source file. */
function violationsOf(isSplit: boolean, file?: string, source?: string): readonly string[] {
  const { comparePlanWithFile, planAccess, planSplit, proveAccess, synthesize } = loadChanged(file, source);
  const whole = planAccess(environment);
  const [{ functionArn, schedule }] = whole.functions;
  const split = isSplit ? planSplit(whole, whole.applications, functionArn, schedule.ruleArn, 2) : undefined;
  const plan = { ...whole, ...(split !== undefined && { split }) };
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-mutant-'));
  try {
    synthesize(plan, folder);
    const { violations } = proveAccess(plan, readTemplateAccount(folder, 'dev'));
    return [...comparePlanWithFile(plan, environment), ...violations].map((v) => `${v.kind}: ${v.message}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const mutants = PLAN_MUTANTS.map(({ what, file, find, replace, split = false }) => {
  try {
    return { what, violations: violationsOf(split, file, changedSource(file, find, replace)) };
  } catch (error) {
    return { what, failure: String(error) };
  }
});
const unchanged = [false, true].flatMap((split) => violationsOf(split));
console.log(JSON.stringify({ unchanged, mutants }));
