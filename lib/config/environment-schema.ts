import { z } from 'zod';
import { ROUTINGS } from '../catalog/routing';

/** Names become parts of ARNs, of SSM paths and of resource names, joined by `_` and `--`: neither may occur in a name. */
export const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
export const NAME_FORM = "lower-case letters and digits in words joined by '-', beginning with a letter";
/** Characters; the names of an environment, an application and what belongs to it share the 64 that IAM and Bedrock allow. */
export const NAME_LIMITS = { environment: 20, application: 24, alias: 24 } as const;
const TAG_CHARACTERS = /^[a-zA-Z0-9 ._:/=+@-]*$/;
const EMAIL = /^[^\s@<>"'\\]+@[^\s@<>"'\\]+\.[^\s@<>"'\\.]+$/;

/** A key that is a name. Only described here: `checkNames` checks it, so that what stands under a bad name is read too. */
function nameKey(limit: keyof typeof NAME_LIMITS) {
  return z.string().meta({ pattern: NAME.source, maxLength: NAME_LIMITS[limit] });
}

/** What to say of a value of the wrong type, and of that alone: each check has words of its own. */
function otherwise(message: string) {
  return { error: ({ code }: { readonly code?: string }) => (code === 'invalid_type' ? message : undefined) };
}

/** Text of one form; `form` completes "must be …". */
function text(pattern: RegExp, form: string) {
  return z.string(otherwise(`must be ${form}`)).regex(pattern, `must be ${form}`);
}

/** Tags that IAM takes on a role. */
export const MAX_TAGS = 50;

const email = text(EMAIL, 'an e-mail address, such as team@example.com').max(100);
/** Goes into the tag `Owner` as well. */
const owner = email.regex(TAG_CHARACTERS, 'must be letters, digits and . _ : / = + - @, since it becomes a tag');
const usd = z
  .number(otherwise('must be a number of US dollars, such as 500'))
  .positive('must be more than 0 US dollars')
  .max(1e9, 'must be at most 1000000000 US dollars');
const percent = z
  .number(otherwise('must be a number of percent, such as 80'))
  .min(1, 'must be from 1 to 1000 percent')
  .max(1000, 'must be from 1 to 1000 percent');
const tagKey = text(TAG_CHARACTERS, 'letters a to z, digits, spaces and _ . : / = + - @').min(1).max(128);
const tagValue = text(TAG_CHARACTERS, 'letters a to z, digits, spaces and _ . : / = + - @').min(1).max(256);
const twelveDigits = text(/^\d{12}$/, "an AWS account id: twelve digits in quotes, such as '111122223333'");
const routing = z.enum(ROUTINGS);

const generation = {
  model: z
    .string('must be a model id, such as anthropic.claude-sonnet-4-6')
    .describe('A model id of the catalog, such as anthropic.claude-sonnet-4-6.'),
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
  ).describe("A role of its own for the application's functions or tasks."),
});

const rolePrincipal = z.strictObject({
  role: text(
    /^(arn:aws:iam::\d{12}:role\/([\w+=,.@-]+\/)*)?[\w+=,.@-]{1,64}$/,
    "an existing role by name, such as 'support-chat-api', or by ARN, such as 'arn:aws:iam::111122223333:role/support-chat-api'",
  ),
});

const githubPrincipal = z.strictObject({
  github: z
    .strictObject({
      repository: text(
        /^[A-Za-z0-9][A-Za-z0-9-]{0,38}(@\d{1,12})?\/[A-Za-z0-9._-]{1,100}(?<!\.git)(@\d{1,12})?$/,
        "a repository with its owner, 'owner/name'",
      ),
      branches: z
        .array(
          text(
            /^(?!refs\/)[\w./@+#-]{1,200}$/,
            "the exact name of a branch, such as 'main', without refs/heads/ and wildcards",
          ),
        )
        .min(1)
        .optional(),
      environments: z
        .array(
          text(
            /^[\w. /@+#-]{1,200}$/,
            "the exact name of a GitHub environment, such as 'production', without wildcards",
          ),
        )
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
  notify: z
    .array(email, otherwise('must be a list of e-mail addresses'))
    .min(1)
    .max(10, 'takes at most 10 addresses, as AWS Budgets does'),
  atLimit: z.enum(['notify', 'deny']).default('notify'),
});

const alarms = z.strictObject({
  throttlesPerMinute: z.number().positive().optional(),
  errorRatePercent: z.number().positive().max(100).optional(),
  p90LatencyMs: z.number().int().positive().optional(),
  dailyUsd: usd.optional(),
});

/** Probes that an environment file may ask for. */
const VERIFY_PROBES = ['text', 'stream', 'tools', 'image', 'document'] as const;

const application = z.strictObject({
  owner,
  costCenter: tagValue,
  models: z
    .record(
      nameKey('alias'),
      alias,
      otherwise('must be a map of aliases, such as main: { model: amazon.nova-lite-v1:0, routing: regional }'),
    )
    .describe('By alias: the name that the application calls a model by.'),
  principals: z
    .array(principal, otherwise('must be a list of principals, such as - service: lambda.amazonaws.com'))
    .min(1, 'must name at least one principal, such as - service: lambda.amazonaws.com'),
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

/** Patterns of `limits.models`; each is compared with each model. */
export const MAX_PATTERNS = 100;

/** CloudWatch Logs takes no other retention (PutRetentionPolicy, botocore 1.44.5). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Text without line breaks and controls, which would write over what stands beside it in a terminal. */
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+$/u;

/** The shape of an environment file: every key of the contract. What keys mean together is checked elsewhere. */
export const environmentSchema = z.strictObject({
  name: text(NAME, `${NAME_FORM}, such as 'dev'`).max(NAME_LIMITS.environment),
  account: twelveDigits,
  region: z.string(otherwise("must be an AWS Region, such as 'us-east-1'")),
  contact: email,
  tags: z.record(tagKey, tagValue).default({}),
  costAllocationTags: z.enum(['leave', 'activate']).default('leave'),
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
        .array(
          text(/^[a-z0-9.:*-]+$/, "a model id, '*' standing for any characters, such as 'anthropic.claude-*'").max(100),
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
  applications: z.record(nameKey('application'), application, otherwise('must be a map of applications by name')),
});

/** What a person wrote for one account and Region, defaults filled in. */
export type EnvironmentConfig = z.output<typeof environmentSchema>;
export type ApplicationConfig = EnvironmentConfig['applications'][string];
export type AliasConfig = ApplicationConfig['models'][string];
export type PrincipalConfig = ApplicationConfig['principals'][number];

/** The keys that tell the kinds of principal apart. */
export const PRINCIPAL_KINDS = ['service', 'role', 'github', 'account', 'user'] as const;

/** What the key that tells the kind may hold. */
export const principalSchemas = {
  service: servicePrincipal.shape.service,
  role: rolePrincipal.shape.role,
  account: accountPrincipal.shape.account,
  user: userPrincipal.shape.user,
} as const;
export const githubSchema = githubPrincipal.shape.github;
