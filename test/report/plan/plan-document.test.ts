import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { application, planOf } from '../../plan/environments';

const schema = readFileSync(join(__dirname, '..', '..', '..', 'schema', 'plan-output.schema.json'), 'utf8');
const plan = planOf(
  {
    chat: application({
      principals: [
        { service: 'lambda.amazonaws.com' },
        { role: 'api' },
        { github: { repository: 'acme/chat', branches: ['main'] } },
        { account: '444455556666', externalId: 'chat-7f3a' },
      ],
      guardrail: { id: 'abcdefgh1234', version: '1' },
      budget: { monthlyUsd: 5, alerts: [80], forecast: [100], notify: ['a@example.com'], atLimit: 'deny' },
      alarms: { throttlesPerMinute: 1, errorRatePercent: 1, p90LatencyMs: 1000, dailyUsd: 3 },
      verify: ['text', 'image'],
    }),
  },
  {
    tags: { organization: 'acme' },
    requiredTags: ['Owner'],
    costAllocationTags: 'activate',
    invocationLogging: { content: true },
    oidc: { github: 'create' },
    limits: { monthlyUsd: 9 },
  },
);

test('the schema describes a plan with all features of a file, and allows no other property', () => {
  const parts = [plan.billing.anomalies, plan.logging, plan.applications[0]?.limit, plan.applications[0]?.budget];
  expect(parts.filter((part) => part === undefined)).toEqual([]);
  const validate = new Ajv({ strict: false }).compile(JSON.parse(schema).properties.plan);
  const printed = JSON.parse(JSON.stringify(plan));
  validate(printed);
  expect(validate.errors ?? []).toEqual([]);
  expect(validate({ ...printed, other: 1 })).toBe(false);
});
