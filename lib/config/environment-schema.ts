import { z } from 'zod';
import type { AllowedProbe } from '../../lambda/aliases/alias';
import { SERVICE_TIERS } from '../../lambda/aliases/service-tiers';
import { ALSO_SERVED } from '../catalog/endpoint-services';
import { ROUTINGS } from '../catalog/routing';
import { principalSchema } from './principals/principal-schema';
import { accountId, ofWrongType, text } from './text-schema';

/** Names become parts of ARNs, SSM paths and resource names, which join them by `_` and `--`. A name has neither. */
export const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const NAME_FORM = "words of lower-case letters and digits, joined by '-' and beginning with a letter";
/** Maximum lengths in characters. A resource's name joins several of them within the 64 that IAM and Bedrock allow. */
export const NAME_LIMITS = { environment: 20, application: 24, alias: 24 } as const;
const TAG_CHARACTERS = /^[a-zA-Z0-9 ._:/=+@-]*$/;
const EMAIL = /^[^\s@<>"'\\]+@[^\s@<>"'\\]+\.[^\s@<>"'\\.]+$/;

/**
 * Describes a key that is a name. `checkName` checks it instead, so that the value of an invalid name is checked too.
 */
function nameKey(limit: keyof typeof NAME_LIMITS) {
  return z.string().meta({ pattern: NAME.source, maxLength: NAME_LIMITS[limit] });
}

/** Maximum number of tags on an IAM role. */
export const MAX_TAGS = 50;

const email = text(EMAIL, 'an e-mail address, such as team@example.com').max(100);
/** The address also becomes the value of the tag `Owner`. */
const owner = email.regex(TAG_CHARACTERS, 'must be letters, digits and . _ : / = + - @, because it becomes a tag');
const usd = z
  .number(ofWrongType('must be a number of US dollars, such as 500'))
  .positive('must be more than 0 US dollars')
  .max(1e9, 'must be at most 1000000000 US dollars');
const percent = z
  .number(ofWrongType('must be a percentage, such as 80'))
  .min(1, 'must be from 1 to 1000 percent')
  .max(1000, 'must be from 1 to 1000 percent');
const tagKey = text(TAG_CHARACTERS, 'letters a to z, digits, spaces and _ . : / = + - @').min(1).max(128);
const tagValue = text(TAG_CHARACTERS, 'letters a to z, digits, spaces and _ . : / = + - @').min(1).max(256);
const routing = z.enum(ROUTINGS);

const generation = {
  model: z
    .string('must be a model id, such as anthropic.claude-sonnet-4-6')
    .describe('A model id of the catalog, such as anthropic.claude-sonnet-4-6.'),
  routing: routing.describe('Where a call may be processed: in this Region, in a geography, or anywhere. Required.'),
};

const alias = z.strictObject({
  ...generation,
  previous: z.strictObject(generation).optional().describe('The generation that an upgrade moves away from.'),
  serve: z.enum(['current', 'previous']).default('current').describe('The generation that the alias points to.'),
});

const budget = z.strictObject({
  monthlyUsd: usd,
  alerts: z
    .array(percent)
    .default([])
    .describe('Percentages of the budget. An alert is sent when actual spending reaches one of them.'),
  forecast: z
    .array(percent)
    .default([])
    .describe('Percentages of the budget. An alert is sent when forecast spending reaches one of them.'),
  notify: z
    .array(email, ofWrongType('must be a list of e-mail addresses'))
    .min(1)
    .max(10, 'must have at most 10 addresses, the limit of AWS Budgets'),
  atLimit: z.enum(['notify', 'deny']).default('notify'),
});

const alarms = z.strictObject({
  throttlesPerMinute: z.number().positive().optional(),
  errorRatePercent: z.number().positive().max(100).optional(),
  p90LatencyMs: z.number().int().positive().optional(),
  dailyUsd: usd.optional(),
});

/** Probes that an application may request. */
const VERIFY_PROBES = ['text', 'stream', 'tools', 'image', 'document'] as const satisfies readonly AllowedProbe[];

export type VerifyProbe = (typeof VERIFY_PROBES)[number];

const application = z.strictObject({
  owner,
  costCenter: tagValue,
  models: z
    .record(
      nameKey('alias'),
      alias,
      ofWrongType('must be a map of aliases, such as main: { model: amazon.nova-lite-v1:0, routing: regional }'),
    )
    .describe('Models by alias, the name by which the application calls a model.'),
  principals: z
    .array(principalSchema, ofWrongType('must be a list of principals, such as - service: lambda.amazonaws.com'))
    .min(1, 'must name at least one principal, such as - service: lambda.amazonaws.com'),
  guardrail: z
    .strictObject({
      id: text(/^[a-z0-9]{1,64}$/, "the id of a guardrail of this account, such as 'abcdefgh1234'"),
      version: text(/^[1-9]\d{0,7}$/, "a published version in quotes, such as '1' (a draft can change at any time)"),
    })
    .optional(),
  tiers: z
    .array(z.enum(SERVICE_TIERS), ofWrongType('must be a list of service tiers, such as [default, flex]'))
    .min(1, 'must name at least one service tier, such as [default]')
    .default(['default'])
    .describe('Service tiers that a call may name. A call that names none gets the tier default.'),
  budget: budget.optional(),
  alarms: alarms.optional(),
  mantle: z
    .literal(
      'deny',
      "must be 'deny': a project of bedrock-mantle cannot be granted yet, because facts are open (docs/decisions/mantle.md). Remove the key; what needs that endpoint calls it with a role of its own (docs/left-to-others.md)",
    )
    .default('deny'),
  verify: z.array(z.enum(VERIFY_PROBES)).min(1).optional(),
});

const endpointId = text(/^vpce-[0-9a-f]{8,17}$/, "the id of a VPC endpoint, such as 'vpce-0123456789abcdef0'");

const network = z.strictObject({
  vpcId: text(/^vpc-[0-9a-f]{8,17}$/, "the id of a VPC, such as 'vpc-0123456789abcdef0'").optional(),
  subnetIds: z
    .array(text(/^subnet-[0-9a-f]{8,17}$/, "the id of a subnet, such as 'subnet-0123456789abcdef0'"))
    .min(1)
    .optional(),
  clientCidr: text(
    /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)\/([1-2]?\d|3[0-2])$/,
    "an IPv4 range, such as '10.0.0.0/16'",
  )
    .optional()
    .describe('The addresses from which the endpoints can be reached, on port 443.'),
  also: z
    .array(z.enum(ALSO_SERVED))
    .default([])
    .describe('Services that get an endpoint beside bedrock-runtime and bedrock.'),
  endpoints: z
    .strictObject({
      'bedrock-runtime': endpointId.optional(),
      bedrock: endpointId.optional(),
      ssm: endpointId.optional(),
      sts: endpointId.optional(),
    })
    .default({})
    .describe('Endpoints that exist already, by service. Their policies are printed, not changed.'),
});

/** Maximum number of patterns in `limits.models`. Each pattern is compared with each model. */
export const MAX_PATTERNS = 100;

/** Retention periods that CloudWatch Logs accepts, in days (PutRetentionPolicy, botocore 1.44.5). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Text without line breaks and control characters, which could overwrite other text in a terminal. */
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u;

/** The shape of an environment file, with every key. `readEnvironment` also checks the meaning of the keys together. */
export const environmentSchema = z.strictObject({
  name: text(NAME, `${NAME_FORM}, such as 'dev'`).max(NAME_LIMITS.environment),
  account: accountId,
  region: z.string(ofWrongType("must be an AWS Region, such as 'us-east-1'")),
  contact: email,
  tags: z.record(tagKey, tagValue).default({}),
  costAllocationTags: z
    .enum(['leave', 'activate', 'active'])
    .default('leave')
    .describe('Who activates the tags that bills go by; active: somebody saw that they are active.'),
  requiredTags: z.array(tagKey).max(MAX_TAGS).default([]),
  invocationLogging: z
    .strictObject({
      content: z.boolean().default(false),
      retentionDays: z.literal(RETENTION_DAYS).default(90),
    })
    .optional(),
  verification: z
    .strictObject({
      gate: z.enum(['fail', 'warn']).default('fail'),
      everyHours: z.number().int().min(1).max(720).default(24),
    })
    .default({ gate: 'fail', everyHours: 24 }),
  oidc: z.strictObject({ github: z.enum(['existing', 'create']).default('existing') }).default({ github: 'existing' }),
  network: network.optional(),
  limits: z
    .strictObject({
      monthlyUsd: usd.optional(),
      models: z
        .array(
          text(
            /^[a-z0-9.:*-]+$/,
            "a model id in which '*' stands for any characters, such as 'anthropic.claude-*'",
          ).max(100),
        )
        .min(1)
        .max(MAX_PATTERNS)
        .optional(),
      routing: z.array(routing).min(1).optional(),
    })
    .default({}),
  acknowledgements: z
    .array(
      z.strictObject({
        rule: text(NAME, "the id of a rule, such as 'idle-profile'"),
        resource: text(ONE_LINE, 'the name of a resource on one line'),
        reason: text(ONE_LINE, 'the reason why the finding is accepted, on one line'),
        until: z.iso.date("must be a day, such as '2027-02-01'"),
      }),
    )
    .default([]),
  applications: z.record(nameKey('application'), application, ofWrongType('must be a map of applications by name')),
});

/** The environment file of one account and Region, with defaults filled in. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;
export type ApplicationConfig = EnvironmentConfig['applications'][string];
