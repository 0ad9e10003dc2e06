import { z } from 'zod';
import { ROUTINGS } from '../catalog/routing';

/** Names become parts of ARNs, of SSM paths and of resource names, joined by `_` and `--`: neither may occur in a name. */
export const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const NAME_FORM = "lower-case letters and digits in words joined by '-', beginning with a letter";
/** Characters; the names of an environment, an application and what belongs to it share the 64 that IAM and Bedrock allow. */
export const NAME_LIMITS = { environment: 20, application: 24, alias: 24 } as const;
const TAG_CHARACTERS = /^[a-zA-Z0-9\s._:/=+@-]*$/;
const EMAIL = /^[^\s@<>"'\\]+@[^\s@<>"'\\]+\.[^\s@<>"'\\.]+$/;

/** A key that is a name. Only described here: `checkNames` checks it, so that what stands under a bad name is read too. */
function nameKey(limit: keyof typeof NAME_LIMITS) {
  return z.string().meta({ pattern: NAME.source, maxLength: NAME_LIMITS[limit] });
}

/** Text of one form; `form` completes "must be …". */
function text(pattern: RegExp, form: string) {
  return z.string().regex(pattern, `must be ${form}`);
}

const email = text(EMAIL, 'an e-mail address, such as team@example.com').max(100);
const usd = z.number().positive('must be more than 0 US dollars');
const percent = z.number().min(1, 'must be from 1 to 1000 percent').max(1000, 'must be from 1 to 1000 percent');
const tagKey = text(TAG_CHARACTERS, 'letters, digits, spaces and _ . : / = + - @').min(1).max(128);
const tagValue = text(TAG_CHARACTERS, 'letters, digits, spaces and _ . : / = + - @').min(1).max(256);
const twelveDigits = text(/^\d{12}$/, "an AWS account id: twelve digits in quotes, such as '111122223333'");
const routing = z.enum(ROUTINGS);

const generation = {
  model: z.string().describe('A model id of the catalog, such as anthropic.claude-sonnet-4-6.'),
  routing: routing.describe('Where a call may land: in this Region, in a geography, or anywhere. Always written.'),
};

const alias = z.strictObject({
  ...generation,
  previous: z.strictObject(generation).optional().describe('The generation that an upgrade moves away from.'),
  serve: z.enum(['current', 'previous']).default('current').describe('The generation that the alias points to.'),
});

const servicePrincipal = z.strictObject({
  service: text(
    /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com$/,
    'a service principal, such as lambda.amazonaws.com',
  ).describe("A role of its own for the application's functions, tasks or instances."),
});

const rolePrincipal = z.strictObject({
  role: text(
    /^(arn:[a-z-]+:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/,
    "an existing role by name, such as 'support-chat-api', or by ARN",
  ),
});

const githubPrincipal = z.strictObject({
  github: z
    .strictObject({
      repository: text(
        /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/[A-Za-z0-9._-]{1,100}$/,
        "a repository with its owner, 'owner/name'",
      ),
      branches: z
        .array(text(/^[\w./@+#-]{1,200}$/, 'the exact name of a branch, without wildcards'))
        .min(1)
        .optional(),
      environments: z
        .array(text(/^[\w. /@+#-]{1,200}$/, 'the exact name of a GitHub environment, without wildcards'))
        .min(1)
        .optional(),
    })
    .describe('A role that jobs of one repository assume, from these branches or GitHub environments alone.'),
});

const accountPrincipal = z.strictObject({
  account: twelveDigits.describe('A role that another account may assume.'),
  externalId: text(/^[\w+=,.@:/-]{2,1224}$/, 'an external id: 2 to 1224 letters, digits and _ + = , . @ : / -'),
});

const userPrincipal = z.strictObject({
  user: text(/^[\w+=,.@-]{1,64}$/, 'the name of an existing IAM user, without path'),
});

const principal = z.union([servicePrincipal, rolePrincipal, githubPrincipal, accountPrincipal, userPrincipal]);

const budget = z.strictObject({
  monthlyUsd: usd,
  alerts: z.array(percent).default([]).describe('Percent of the budget, of what was spent.'),
  forecast: z.array(percent).default([]).describe('Percent of the budget, of what is forecast.'),
  notify: z.array(email).min(1).max(10, 'takes at most 10 addresses, as AWS Budgets does'),
  atLimit: z.enum(['notify', 'deny']).default('notify'),
});

const alarms = z.strictObject({
  throttlesPerMinute: z.number().positive().optional(),
  errorRatePercent: z.number().positive().max(100).optional(),
  p90LatencyMs: z.number().int().positive().optional(),
  dailyUsd: usd.optional(),
});

/** Probes that an environment file may ask for. */
export const VERIFY_PROBES = ['text', 'stream', 'tools', 'image', 'document'] as const;

const application = z.strictObject({
  owner: email,
  costCenter: tagValue,
  models: z.record(nameKey('alias'), alias).describe('By alias: the name that the application calls a model by.'),
  principals: z.array(principal).min(1, 'must name at least one principal'),
  guardrail: z
    .strictObject({
      id: text(/^[a-z0-9]{1,64}$/, "the id of a guardrail of this account, such as 'abcdefgh1234'"),
      version: text(
        /^[1-9]\d{0,7}$/,
        "a published version in quotes, such as '1' (a draft can change under the policy)",
      ),
    })
    .optional(),
  budget: budget.optional(),
  alarms: alarms.optional(),
  mantle: z.enum(['deny', 'project']).default('deny'),
  verify: z.array(z.enum(VERIFY_PROBES)).min(1).optional(),
});

/** CloudWatch Logs takes no other retention (PutRetentionPolicy, botocore 1.44.5). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** The shape of an environment file: every key of the contract. What keys mean together is checked elsewhere. */
export const environmentSchema = z.strictObject({
  name: text(NAME, `${NAME_FORM}, such as 'dev'`).max(NAME_LIMITS.environment),
  account: twelveDigits,
  region: z.string(),
  contact: email,
  tags: z.record(tagKey, tagValue).default({}),
  costAllocationTags: z.enum(['leave', 'activate']).default('leave'),
  requiredTags: z.array(tagKey).default([]),
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
  network: z
    .strictObject({
      vpcId: text(/^vpc-[0-9a-f]{8,17}$/, "the id of a VPC, such as 'vpc-0123456789abcdef0'"),
      subnetIds: z
        .array(text(/^subnet-[0-9a-f]{8,17}$/, "the id of a subnet, such as 'subnet-0123456789abcdef0'"))
        .min(1),
      clientCidr: text(
        /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)\/([1-2]?\d|3[0-2])$/,
        "an IPv4 range, such as '10.0.0.0/16'",
      ),
    })
    .optional(),
  limits: z
    .strictObject({
      monthlyUsd: usd.optional(),
      models: z
        .array(text(/^[a-z0-9.:*-]+$/, "a model id, '*' standing for any characters, such as 'anthropic.claude-*'"))
        .min(1)
        .optional(),
      routing: z.array(routing).min(1).optional(),
    })
    .default({}),
  acknowledgements: z
    .array(
      z.strictObject({
        rule: text(NAME, "the id of a rule, such as 'idle-profile'"),
        resource: z.string().min(1),
        reason: z.string().min(1, 'must say why the finding is accepted'),
        until: z.iso.date("must be a day, such as '2027-02-01'"),
      }),
    )
    .default([]),
  applications: z.record(nameKey('application'), application),
});

/** What a person wrote for one account and Region, defaults filled in. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;
export type ApplicationConfig = EnvironmentConfig['applications'][string];
export type AliasConfig = ApplicationConfig['models'][string];
export type PrincipalConfig = ApplicationConfig['principals'][number];

/** The keys that tell the kinds of principal apart. */
export const PRINCIPAL_KINDS = ['service', 'role', 'github', 'account', 'user'] as const;

/** One schema a kind, in the order of {@link PRINCIPAL_KINDS}. */
export const principalSchemas = principal.options;
export const aliasSchema = alias;
export const budgetSchema = budget;
export const generationSchema = z.strictObject(generation);
