import { z } from 'zod';
import { ENDPOINT_SERVICES } from '../../catalog/endpoint-services';
import { schemaOf } from '../../config/schema-of';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { rolePrincipalSchema } from './role-principal-schema';
import {
  endpointStatementSchema,
  exceptStatementSchema,
  statementSchema,
  trustStatementSchema,
} from './statement-schema';
import { alarmSchema, dashboardSchema, keySchema, topicsSchema } from './watch-schema';

const text = z.string();
const texts = z.array(text);

const policy = z.strictObject({ name: text, arn: text, statements: z.array(statementSchema) });
const boundary = policy.extend({ statements: z.array(z.union([statementSchema, exceptStatementSchema])) });

const generation = z.strictObject({
  alias: text,
  generation: text,
  served: z.boolean(),
  modelId: text,
  kind: z.enum(['chat', 'embedding']),
  routing: text,
  profileName: text,
  profileArn: text.describe(
    'ARN of the profile. Its id exists only after a deployment, so the name in braces takes its place.',
  ),
  copyFrom: text,
  modelArns: texts,
  systemProfileArn: text.optional(),
  systemProfileId: text.optional(),
});

const budget = z.strictObject({
  name: text,
  monthlyUsd: z.number(),
  filters: texts.describe('Tags that select what the budget counts, in the form of AWS Budgets: user:KEY$VALUE.'),
  notices: z.array(
    z.strictObject({
      type: z.enum(['ACTUAL', 'FORECASTED']),
      percent: z.number(),
      addresses: texts,
      topicArn: text,
    }),
  ),
  tags: z.record(text, text),
});

const billing = z.strictObject({
  budget: budget.optional(),
  anomalies: z
    .strictObject({
      monitors: z.array(
        z.strictObject({
          name: text,
          specification: z.strictObject({ Tags: z.strictObject({ Key: text, Values: texts }) }),
        }),
      ),
      subscriptionName: text,
      address: text,
      leastUsd: z.number(),
      tags: z.record(text, text),
    })
    .optional()
    .describe('Present only in the payer account.'),
  ofApplications: z.boolean().describe('True when the budgets of applications are created in us-east-1.'),
});

const serviceRole = z.strictObject({
  name: text,
  arn: text,
  path: text,
  service: text,
  trust: z.array(trustStatementSchema),
  policy,
  boundary: policy,
});

const limit = z.strictObject({
  denial: policy,
  role: serviceRole,
  roles: texts,
  users: texts,
  policyArns: texts,
  parameters: z.array(z.strictObject({ name: text, value: text })),
  recipients: z.strictObject({ topicArn: text, addresses: texts }),
  functionArn: text,
  alarmArn: text.optional(),
});

const price = z.strictObject({
  input: z.number(),
  output: z.number().optional(),
  cacheRead: z.number().optional(),
  cacheWrite5m: z.number().optional(),
  cacheWrite1h: z.number().optional(),
});

const logging = z.strictObject({
  logGroupName: text,
  content: z.boolean(),
  retentionDays: z.int().min(1),
  key: keySchema,
  role: serviceRole,
  queries: z.array(z.strictObject({ name: text, text })),
  dollars: z.record(
    text,
    z.strictObject({
      name: text,
      profiles: z.array(
        z.strictObject({
          profileArn: text,
          price: price.optional().describe('In US dollars per 1,000,000 tokens.'),
        }),
      ),
    }),
  ),
});

const network = z.strictObject({
  place: z
    .strictObject({ vpcId: text, subnetIds: texts, clientCidr: text, securityGroupName: text })
    .optional()
    .describe('Absent when every endpoint exists already.'),
  endpoints: z.array(
    z.strictObject({
      service: z.enum(ENDPOINT_SERVICES),
      serviceName: text,
      existingId: text.optional().describe('Absent when the endpoint is made.'),
      statements: z.array(endpointStatementSchema),
    }),
  ),
});

const application = z.strictObject({
  name: text,
  owner: text,
  costCenter: text,
  tags: z.record(text, text),
  generations: z.array(generation),
  guardrail: z.strictObject({ id: text, version: text, arn: text }).optional(),
  tiers: texts.describe('Service tiers that a call may name.'),
  policies: z.array(policy),
  log: z
    .strictObject({ logGroupName: text, retentionDays: z.number(), policy })
    .optional()
    .describe('The log group of the functions of principals with logs: true.'),
  conditions: policy.optional().describe('Denials for the roles with further policies.'),
  roles: z.array(
    z.strictObject({
      name: text,
      arn: text,
      path: text,
      trust: z.array(trustStatementSchema),
      boundaryArn: text,
      instanceProfileName: text.optional(),
      furtherPolicyArns: texts
        .optional()
        .describe('Managed policies of the file. Only the boundary limits what they may allow.'),
      principal: rolePrincipalSchema,
    }),
  ),
  existingRoles: texts,
  existingUsers: texts,
  parameters: z.array(z.strictObject({ name: text, value: text, details: z.record(text, z.unknown()) })),
  profileIds: z
    .strictObject({ name: text, value: text })
    .describe('The SSM parameter from which the dashboard gets the ids of the profiles.'),
  probes: z.array(
    z.strictObject({ alias: text, generation: text, probe: text, expected: z.enum(['allowed', 'denied']) }),
  ),
  skippedProbes: z.array(z.strictObject({ alias: text, probe: text, reason: text })),
  budget: budget.optional(),
  limit: limit.optional().describe('Absent when the application is not denied anything at its limit.'),
  alarms: z.array(alarmSchema),
});

const ownFunction = z.strictObject({
  source: text,
  description: text,
  functionName: text,
  functionArn: text,
  logGroupName: text,
  memoryMegabytes: z.int(),
  timeoutSeconds: z.int(),
  variables: z.record(text, text),
  role: serviceRole,
  schedule: z.strictObject({ ruleName: text, ruleArn: text, expression: text, input: text.optional() }).optional(),
  asynchronousRetries: z.int().min(0).optional(),
  deadLetterArn: text,
  files: z.record(text, z.unknown()).optional().describe('JSON files that are bundled with the code, by name.'),
});

/** Schema of the plan of an environment. */
export const accessPlanSchema = schemaOf<AccessPlan>()(
  z.strictObject({
    environment: text,
    account: text,
    region: text,
    partition: text,
    tags: z.record(text, text),
    requiredTags: texts,
    boundary,
    probeBoundary: policy,
    decoy: generation,
    gate: z
      .enum(['fail', 'warn'])
      .describe('A deployment after which access does not work fails, or it logs a warning.'),
    everyHours: z.int().min(1).describe('Hours between two scheduled verifications.'),
    functions: z.array(ownFunction).describe('The first function is the verification.'),
    deadLetters: z.strictObject({ name: text, arn: text, retentionSeconds: z.int() }),
    split: z
      .strictObject({
        stateMachineName: text,
        stateMachineArn: text,
        batches: z.array(texts),
        starter: serviceRole,
        runner: serviceRole,
      })
      .optional()
      .describe('Absent when one run of the function verifies the whole environment.'),
    logging: logging.optional(),
    tagsActive: z.literal(true).optional().describe('Present when the file says that somebody saw the tags active.'),
    costAllocationTags: texts.optional().describe('Absent when the file does not ask to activate them.'),
    network: network.optional(),
    topics: topicsSchema,
    alarms: z.array(alarmSchema),
    dashboards: z.array(dashboardSchema),
    createGithubProvider: z.boolean(),
    billing,
    applications: z.array(application),
  }),
);
