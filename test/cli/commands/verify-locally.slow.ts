import { READINGS, type SystemProfileReading } from '../../../lib/account/system-profile-reading';
import { verifyLocally } from '../../../lib/cli/commands/verify-locally';
import { verificationLines } from '../../../lib/report/verification/verification-lines';
import { PROJECT } from '../../project';
import { Assembly, type MutableTemplate } from '../assembly';
import { run as runCommand } from '../run';

const dev = new Assembly('dev');
/** `dev` with one application only, whose verification is quicker than that of all of them. */
const alone = new Map(dev.plan.applications.map(({ name }) => [name, new Assembly('dev', name)]));
afterAll(() => {
  for (const assembly of [dev, ...alone.values()]) {
    assembly.dispose();
  }
});

const run = (assembly: string, { reading = 'every' as SystemProfileReading, plan = dev.plan } = {}) =>
  verifyLocally(plan, {
    assembly,
    project: PROJECT,
    reading,
    progress: () => undefined,
    interrupted: new Promise(() => undefined),
  });
const plain = { tone: (_: string, text: string): string => text };

const PROBE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/probe/dev_support-chat_probe';
const SONNET = 'foundation-model/anthropic.claude-sonnet-4-6';

test.each(READINGS)('the environment is as intended with the reading %s of the system profile', async (reading) => {
  const { result, verdict, principals } = await run(dev.original, { reading });
  expect(verdict).toEqual({ verdict: 'as intended', findings: [], mismatches: [] });
  expect(principals.findings).toEqual([]);
  expect(result.probes).toHaveLength(151);
  expect(principals.decisions).toBeGreaterThan(200);
  expect(result.probes.filter((p) => p.expected === 'allowed').every((p) => (p.inputTokens ?? 0) > 0)).toBe(true);
});

interface Mutation {
  readonly title: string;
  readonly stack: string;
  readonly mutate: (template: MutableTemplate) => void;
  /**
   * True when the change shows only together with the other applications of the environment.
   *
   * @default false
   */
  readonly amongOthers?: boolean;
  /** Probes that are not as intended, as alias, probe and outcome. */
  readonly probes: readonly string[];
  /** Findings about the principals that no probe uses. */
  readonly principals: readonly string[];
  /** Lines that the command prints. */
  readonly says: readonly string[];
}

const mutations: readonly Mutation[] = [
  {
    title: 'a missing destination Region in one policy',
    stack: 'support-chat',
    mutate: (t) => {
      const statement = t.statement('Main', 'Model');
      statement.Resource = statement.Resource.filter((arn) => arn !== `arn:aws:bedrock:us-west-2::${SONNET}`);
    },
    probes: denied('support-chat', 'main'),
    principals: [`support-chat/main: may not call its profile: arn:aws:bedrock:us-west-2::${SONNET} is denied`],
    says: [
      '✗ support-chat/main text, system, turns, sampling, tools, image, document, cache: must be allowed, was denied',
      '✗ support-chat/main stream: must be allowed, was denied',
      `as       ${PROBE}`,
      `denied   bedrock:InvokeModel on arn:aws:bedrock:us-west-2::${SONNET}`,
      'missing  in dev_support-chat_access-1 Sid Main2caeabModel, for support-chat/main: {"Sid":"Main2caeabModel","Effect":"Allow","Action":["bedrock:InvokeModel"],' +
        `"Resource":["arn:aws:bedrock:us-west-2::${SONNET}"],"Condition":{"ArnEquals":{"bedrock:InferenceProfileArn":"arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/`,
    ],
  },
  {
    title: 'a missing ARN without Region of a global routing',
    stack: 'document-search',
    mutate: (t) => {
      const statement = t.statement('Answer', 'Model');
      statement.Resource = statement.Resource.filter((arn) => !String(arn).includes(':bedrock:::'));
    },
    // Two roles make these calls, and the control is one of them.
    probes: [...denied('document-search', 'answer'), 'answer control denied', ...inconclusive('document-search')],
    principals: [
      'document-search/answer: may not call its profile: arn:aws:bedrock:::foundation-model/anthropic.claude-haiku-4-5-20251001-v1:0 is denied',
    ],
    says: ['the control call of the same role was not allowed either'],
  },
  {
    title: 'a missing permission to stream',
    stack: 'support-chat',
    mutate: (t) => {
      t.statement('Fast', 'Model').Action = ['bedrock:InvokeModel'];
    },
    probes: ['fast stream denied'],
    principals: [
      'support-chat/fast: may not call its profile: arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0 is denied',
    ],
    says: [
      '✗ support-chat/fast stream: must be allowed, was denied',
      '"Action":["bedrock:InvokeModelWithResponseStream"]',
    ],
  },
  {
    title: 'a model on demand without the condition on the profile, so that the bare model answers',
    stack: 'support-chat',
    mutate: (t) => {
      delete t.statement('Fast', 'Model').Condition;
    },
    probes: ['fast bare-model allowed'],
    principals: ['support-chat/fast: may call amazon.nova-lite-v1:0, which the environment file does not grant'],
    says: [
      '✗ support-chat/fast the bare model: must be denied, was allowed',
      'called   amazon.nova-lite-v1:0',
      'look for a statement without the condition bedrock:InferenceProfileArn',
    ],
  },
  {
    title: 'a model behind a geography without the condition on the profile, so that the system profile answers',
    stack: 'support-chat',
    mutate: (t) => {
      delete t.statement('Main', 'Model').Condition;
    },
    probes: ['main bare-model inconclusive', 'main destination-model inconclusive', 'main system-profile allowed'],
    principals: [
      'support-chat/main: may call anthropic.claude-sonnet-4-6, which the environment file does not grant',
      'support-chat/main: may call us.anthropic.claude-sonnet-4-6, which the environment file does not grant',
    ],
    says: ['✗ support-chat/main the system profile: must be denied, was allowed'],
  },
  {
    title: "a grant of another application's profile",
    stack: 'market-report',
    amongOthers: true,
    mutate: (t) => {
      t.statement('Draft', 'Profile').Resource = ['arn:aws:bedrock:*:111122223333:application-inference-profile/*'];
      const model = t.statement('Draft', 'Model');
      model.Resource = ['arn:aws:bedrock:*::foundation-model/*'];
      delete model.Condition;
    },
    probes: [
      'draft foreign-profile allowed',
      'draft missing-profile inconclusive',
      'draft bare-model inconclusive',
      'draft destination-model inconclusive',
      'polish bare-model allowed',
      'translate bare-model inconclusive',
      'translate destination-model inconclusive',
      'draft system-profile allowed',
      'translate system-profile allowed',
    ],
    principals: [
      'market-report/draft: may call meta.llama4-maverick-17b-instruct-v1:0, which the environment file does not grant',
      'market-report/draft: may call us.meta.llama4-maverick-17b-instruct-v1:0, which the environment file does not grant',
      'market-report/polish: may call amazon.nova-pro-v1:0, which the environment file does not grant',
      'market-report/translate: may call mistral.pixtral-large-2502-v1:0, which the environment file does not grant',
      "support-chat/embed: may call another application's profile, which the environment file does not grant",
    ],
    says: ["✗ market-report/draft another application's profile: must be denied, was allowed"],
  },
  {
    title: 'a probe role that trusts another principal',
    stack: 'support-chat',
    mutate: (t) => {
      t.role('dev_support-chat_probe').Properties.AssumeRolePolicyDocument.Statement[0].Condition = {
        ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/somebody-else' },
      };
    },
    probes: ['embed', 'fast', 'main'].flatMap((alias) => denied('support-chat', alias)),
    principals: ['support-chat: the verification function cannot assume dev_support-chat_probe'],
    says: [
      `denied   sts:AssumeRole on ${PROBE}`,
      'missing  in the trust policy of dev_support-chat_probe Sid VerificationAlone: {',
    ],
  },
  {
    title: "an application's role that trusts another service",
    stack: 'support-chat',
    mutate: (t) => {
      const [statement] = t.role('dev_support-chat_lambda').Properties.AssumeRolePolicyDocument.Statement;
      statement.Principal = { Service: ['lambda.amazonaws.com', 'stranger.amazonaws.com'] };
    },
    probes: [],
    principals: ['support-chat: another service can assume dev_support-chat_lambda'],
    says: [],
  },
  {
    title: 'a GitHub role without the subject',
    stack: 'code-review',
    mutate: (t) => {
      const [statement] = t.role('dev_code-review_github-code-review-677acd').Properties.AssumeRolePolicyDocument
        .Statement;
      delete statement.Condition.StringEquals['token.actions.githubusercontent.com:sub'];
    },
    probes: [],
    principals: [
      'code-review: another repository can assume dev_code-review_github-code-review-677acd',
      'code-review: another branch can assume dev_code-review_github-code-review-677acd',
      'code-review: a pull request can assume dev_code-review_github-code-review-677acd',
    ],
    says: [],
  },
  {
    title: 'a cross-account role without the external id',
    stack: 'document-search',
    mutate: (t) => {
      delete t.role('dev_document-search_from-444455556666').Properties.AssumeRolePolicyDocument.Statement[0].Condition;
    },
    probes: [],
    principals: [
      'document-search: account 444455556666 without the external id can assume dev_document-search_from-444455556666',
      'document-search: account 444455556666 with another external id can assume dev_document-search_from-444455556666',
    ],
    says: [],
  },
  {
    title: 'a policy detached from the role of the application',
    stack: 'market-report',
    mutate: (t) => {
      const [policy] = t.policies();
      policy?.Properties.Roles.shift();
    },
    probes: [],
    principals: ['draft', 'polish', 'translate'].map((alias) =>
      expect.stringContaining(`market-report/${alias}: may not call`),
    ),
    says: [],
  },
  {
    title: 'a verification role that another service may assume',
    stack: 'Foundation',
    mutate: (t) => {
      t.role('dev_verification').Properties.AssumeRolePolicyDocument.Statement[0].Principal = {
        Service: 'stranger.amazonaws.com',
      };
    },
    probes: [],
    principals: [
      'dev_verification: lambda.amazonaws.com cannot assume dev_verification',
      'dev_verification: another service can assume dev_verification',
    ],
    says: [],
  },
  {
    title: 'a verification role that may not read the aliases',
    stack: 'Foundation',
    mutate: (t) => {
      const statements = t.policies().flatMap((p) => p.Properties.PolicyDocument.Statement);
      for (const statement of statements.filter((s) => s.Sid === 'ReadAliases')) {
        statement.Action = ['ssm:GetParameter'];
      }
    },
    probes: [],
    principals: [],
    says: ['✗ the function dev_verification failed: ', 'ssm:GetParametersByPath'],
  },
  {
    title: 'a role that another service may assume too',
    stack: 'support-chat',
    mutate: (t) => {
      const { AssumeRolePolicyDocument: trust } = t.role('dev_support-chat_lambda').Properties;
      trust.Statement.push({ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
    },
    probes: [],
    principals: [
      'the trust policy of dev_support-chat_lambda has a statement that the plan does not have: {"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}',
    ],
    says: [],
  },
  {
    title: 'a probe role that another account may assume',
    stack: 'support-chat',
    mutate: (t) => {
      const { AssumeRolePolicyDocument: trust } = t.role('dev_support-chat_probe-policies').Properties;
      trust.Statement.push({ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sts:AssumeRole' });
    },
    probes: [],
    principals: [expect.stringContaining('the trust policy of dev_support-chat_probe-policies has a statement')],
    says: [],
  },
  {
    title: 'a GitHub role with one more subject',
    stack: 'code-review',
    mutate: (t) => {
      const [statement] = t.role('dev_code-review_github-code-review-677acd').Properties.AssumeRolePolicyDocument
        .Statement;
      statement.Condition.StringEquals['token.actions.githubusercontent.com:sub'].push(
        'repo:evil/x:ref:refs/heads/main',
      );
    },
    probes: [],
    principals: [
      'the trust policy of dev_code-review_github-code-review-677acd lacks the statement GitHub of the plan',
      expect.stringContaining('repo:evil/x'),
    ],
    says: [],
  },
  {
    title: 'a role without its boundary',
    stack: 'support-chat',
    mutate: (t) => {
      delete t.role('dev_support-chat_lambda').Properties.PermissionsBoundary;
    },
    probes: [],
    principals: [
      'has no permissions boundary; the plan has arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_boundary',
    ],
    says: ['as       arn:aws:iam::111122223333:role/bedrock-access/dev/dev_support-chat_lambda'],
  },
  {
    title: 'a boundary that allows everything',
    stack: 'Foundation',
    mutate: (t) => {
      for (const { Properties } of t.policies().filter((p) => p.Properties.ManagedPolicyName === 'dev_boundary')) {
        Properties.PolicyDocument.Statement = [{ Sid: 'All', Effect: 'Allow', Action: '*', Resource: '*' }];
      }
    },
    probes: [],
    principals: [
      expect.stringContaining('dev_boundary lacks the statement ModelsOnlyThroughApplicationProfiles of the plan'),
      expect.stringContaining('dev_boundary has a statement that the plan does not have'),
    ],
    says: [],
  },
  {
    title: 'a policy of the verification role that allows everything',
    stack: 'Foundation',
    mutate: (t) => {
      for (const { Properties } of t
        .policies()
        .filter((p) => p.Properties.ManagedPolicyName.includes('verification'))) {
        Properties.PolicyDocument.Statement.push({ Effect: 'Allow', Action: '*', Resource: '*' });
      }
    },
    probes: [],
    principals: [
      expect.stringContaining('dev_verification-access has a statement that the plan does not have'),
      expect.stringContaining('dev_verification-boundary has a statement that the plan does not have'),
    ],
    says: [],
  },
  {
    title: 'a grant of another model without condition',
    stack: 'support-chat',
    mutate: (t) => {
      const [policy] = t.policies();
      policy?.Properties.PolicyDocument.Statement.push({
        Effect: 'Allow',
        Action: 'bedrock:InvokeModel',
        Resource: 'arn:aws:bedrock:*::foundation-model/amazon.nova-premier-v1:0',
      });
    },
    probes: [],
    principals: [expect.stringContaining('amazon.nova-premier-v1:0')],
    says: [],
  },
  {
    title: 'aliases that may not be read, and profiles that may not be looked up',
    stack: 'support-chat',
    mutate: (t) => {
      const [policy] = t.policies();
      policy?.Properties.PolicyDocument.Statement.shift();
      t.statement('Main', 'Profile').Action.pop();
    },
    probes: [],
    principals: [
      expect.stringContaining('lacks the statement ReadAliases of the plan'),
      expect.stringMatching(/lacks the statement Main[0-9a-f]{6}Profile of the plan/),
    ],
    says: [
      'missing  in arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_support-chat_access-1 Sid ReadAliases: {"Sid":"ReadAliases"',
    ],
  },
  {
    title: 'a managed policy of AWS attached to a role',
    stack: 'market-report',
    mutate: (t) => {
      t.role('dev_market-report_states').Properties.ManagedPolicyArns = [
        'arn:aws:iam::aws:policy/AmazonBedrockFullAccess',
      ];
    },
    probes: [],
    principals: [
      'has the policy arn:aws:iam::aws:policy/AmazonBedrockFullAccess, which the plan does not give it',
      // It is taken to allow everything, so only the boundary is left, which knows no service tiers.
      'market-report/draft: may call its profile with the service tier priority, which the environment file does not grant',
    ],
    says: [],
  },
  {
    title: 'an alias that names another model',
    stack: 'support-chat',
    mutate: (t) => {
      const details = t.resource((r) => r.Properties.Name === '/bedrock-access/dev/support-chat/fast.json');
      const [separator, parts] = details.Properties.Value['Fn::Join'];
      const other = parts.map((p: unknown) =>
        typeof p === 'string' ? p.replaceAll('amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0') : p,
      );
      details.Properties.Value = { 'Fn::Join': [separator, other] };
    },
    probes: [],
    principals: [expect.stringMatching(/^holds .*amazon\.nova-pro-v1:0.*; the plan has .*amazon\.nova-lite-v1:0/)],
    says: ['as       /bedrock-access/dev/support-chat/fast.json'],
  },
  {
    title: 'a profile with the tag of another cost centre',
    stack: 'support-chat',
    mutate: (t) => {
      const profile = t.resource((r) => r.Properties.InferenceProfileName?.includes('_fast_'));
      profile.Properties.Tags = profile.Properties.Tags.map((tag: { Key: string }) =>
        tag.Key === 'CostCenter' ? { ...tag, Value: 'CC-9' } : tag,
      );
    },
    probes: [],
    principals: ["has the tag CostCenter 'CC-9'; the plan has 'CC-1042'"],
    says: [],
  },
  {
    title: 'a role that is not in the plan',
    stack: 'market-report',
    mutate: (t) => {
      t.add('Evil', {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'evil',
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' },
          },
        },
      });
    },
    probes: [],
    principals: ['the templates have a role that is not in the plan'],
    says: ['as       arn:aws:iam::111122223333:role/evil'],
  },
  {
    title: 'an unsupported condition operator',
    stack: 'market-report',
    mutate: (t) => {
      t.statement('Draft', 'Model').Condition = { StringResembles: { 'aws:PrincipalTag/team': 'chat' } };
    },
    probes: [
      ...['draft', 'polish', 'translate'].flatMap((alias) => denied('market-report', alias)),
      'draft control denied',
      ...inconclusive('market-report'),
    ],
    principals: [
      expect.stringMatching(
        /^access cannot be decided: .*market-report_access-1, statement Draft.*Model: .*StringResembles/,
      ),
    ],
    says: [],
  },
];

/** Lists every probe of an alias that must be allowed, with the outcome `denied`. */
function denied(application: string, alias: string): readonly string[] {
  const { probes = [] } = dev.plan.applications.find((a) => a.name === application) ?? {};
  return probes
    .filter((p) => p.alias === alias && p.expected === 'allowed' && p.probe !== 'control')
    .map((p) => `${alias} ${p.probe} denied`);
}

/** Lists the probes that must be denied, which are inconclusive when the control of their application fails. */
function inconclusive(application: string): readonly string[] {
  const { probes = [] } = dev.plan.applications.find((a) => a.name === application) ?? {};
  return probes.filter((p) => p.expected === 'denied').map((p) => `${p.alias} ${p.probe} inconclusive`);
}

test.each(mutations)('$title is caught', async ({ stack, mutate, amongOthers = false, probes, principals, says }) => {
  const only = alone.get(stack === 'Foundation' ? 'support-chat' : stack);
  const changed = amongOthers || only === undefined ? dev : only;
  const verification = await run(changed.mutated(stack, mutate), { plan: changed.plan });
  const wrong = verification.verdict.findings.map(({ probe: p }) => `${p.alias} ${p.probe} ${p.outcome}`);
  expect(wrong.toSorted()).toEqual([...probes].sort());
  expect(verification.principals.findings.map((f) => f.message)).toEqual(expect.arrayContaining([...principals]));
  const text = verificationLines(verification, plain).join('\n');
  expect(text).toContain('✗ dev is not ready to deploy');
  for (const line of says) {
    expect(text).toContain(line);
  }
});

test('templates of another account are refused', async () => {
  const other = { ...dev.plan, account: '999999999999' };
  await expect(
    verifyLocally(other, {
      assembly: dev.original,
      project: PROJECT,
      reading: 'every',
      progress: () => undefined,
      interrupted: new Promise(() => undefined),
    }),
  ).rejects.toThrow(/was synthesized for 111122223333 in us-east-1, but dev is 999999999999/);
});

test.each([
  ['a broken grant', 'found', 1, (t: MutableTemplate) => void t.statement('Main', 'Model').Resource.pop()],
  ['no mistake', 'as intended', 0, () => undefined],
])('a template with %s gives the verdict %s and exit code %i', async (_, verdict, exitCode, mutate) => {
  const ran = await runCommand([
    'verify',
    'dev',
    '--local',
    '--json',
    '--assembly',
    dev.mutated('support-chat', mutate),
  ]);
  expect(ran.exitCode).toBe(exitCode);
  expect(JSON.parse(ran.out)).toMatchObject({ verdict, exitCode });
});

test('an explicit deny is found, and names no missing statement', async () => {
  const folder = dev.mutated('support-chat', (t) => {
    const [policy] = t.policies();
    policy?.Properties.PolicyDocument.Statement.push({
      Sid: 'NotHere',
      Effect: 'Deny',
      Action: 'bedrock:InvokeModel',
      Resource: `arn:aws:bedrock:us-east-2::${SONNET}`,
    });
  });
  const { verdict, principals } = await run(folder);
  expect(new Set(verdict.findings.map(({ probe }) => `${probe.alias} ${probe.probe} ${probe.outcome}`))).toEqual(
    new Set(denied('support-chat', 'main').filter((probe) => probe !== 'main stream denied')),
  );
  expect(verdict.findings.filter(({ missing }) => missing !== undefined)).toEqual([]);
  expect(principals.findings.map((f) => [f.message, f.missing])).toEqual([
    [`support-chat/main: may not call its profile: arn:aws:bedrock:us-east-2::${SONNET} is denied`, undefined],
    [expect.stringContaining('has a statement that the plan does not have: {"Sid":"NotHere"'), undefined],
  ]);
});
