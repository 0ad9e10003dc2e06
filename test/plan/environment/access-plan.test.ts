import { spelledKey } from '../../../lib/catalog/condition-keys';
import { planExecutionPolicy } from '../../../lib/plan/deployment/execution-policy';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { application, planOf, testEnvironment } from '../environments';

/** Returns the same value with the keys of every map in reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      )
    : value;
}

test.each(['dev', 'prod'] as const)('the plan of %s is plain data, and is the same each time', (name) => {
  const plan = planAccess(testEnvironment(name));
  expect(JSON.parse(JSON.stringify(plan))).toStrictEqual(plan);
  expect(JSON.stringify(planAccess(testEnvironment(name)))).toBe(JSON.stringify(plan));
});

test.each(['dev', 'prod'] as const)('the order of keys in the file %s does not change the plan', (name) => {
  const { applications, ...others } = testEnvironment(name);
  const other = { ...(reversed(others) as typeof others), applications: reversed(applications) as typeof applications };
  expect(planAccess(other)).toEqual(planAccess(testEnvironment(name)));
});

/** Lists the keys that the conditions of statements compare. Trust policies and policies of KMS keys are left out. */
function comparedKeys(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const { Effect, Principal, Condition = {} } = value as Partial<Record<string, object>>;
  return Effect === undefined
    ? Object.values(value).flatMap(comparedKeys)
    : Principal === undefined
      ? Object.values(Condition).flatMap((block: object) => Object.keys(block))
      : [];
}

// The proof must know whether a key has one value or several. An unknown key may have any number.
test.each(['dev', 'prod'] as const)('the policies of %s compare only condition keys that the catalog knows', (name) => {
  const plan = planAccess(testEnvironment(name));
  const keys = new Set(comparedKeys([plan, planExecutionPolicy(plan)]));
  expect([...keys]).toEqual(expect.arrayContaining(['bedrock:InferenceProfileArn', 'kms:ViaService']));
  expect([...keys].filter((key) => spelledKey(key) !== key)).toEqual([]);
});

test('an environment decides its own names, ARNs and tags', () => {
  const { boundary, probeBoundary, decoy, functions, applications, topics, alarms, dashboards, ...plan } = planOf(
    { zebra: application(), ant: application() },
    { tags: { organization: 'acme' }, oidc: { github: 'create' } },
  );
  expect({ ...plan, functions }).toEqual({
    environment: 'dev',
    account: '111122223333',
    region: 'us-east-1',
    partition: 'aws',
    tags: {
      organization: 'acme',
      Application: 'bedrock-access',
      BedrockAccess: 'dev',
      CostCenter: 'bedrock-access',
      Owner: 'platform@example.com',
    },
    requiredTags: [],
    billing: { ofApplications: false },
    gate: 'fail',
    everyHours: 24,
    createGithubProvider: true,
    functions: [
      expect.objectContaining({
        functionName: 'dev_verification',
        schedule: {
          ruleName: 'dev_verification-schedule',
          ruleArn: 'arn:aws:events:us-east-1:111122223333:rule/dev_verification-schedule',
          expression: 'rate(24 hours)',
          input: '{"scheduled":true}',
        },
      }),
      expect.objectContaining({ functionName: 'dev_meter' }),
      expect.objectContaining({ functionName: 'dev_limit' }),
    ],
    deadLetters: {
      name: 'dev_dead-letters',
      arn: 'arn:aws:sqs:us-east-1:111122223333:dev_dead-letters',
      retentionSeconds: 1_209_600,
    },
  });
  expect(Object.values(topics.stacks).flatMap((all) => all.flatMap((t) => t.addresses))).toEqual([
    'platform@example.com',
    'team@example.com',
  ]);
  expect([...alarms, ...dashboards].map(({ name }) => name)).toEqual([
    'dev_calls-around-profiles',
    'dev_unplanned-profile',
    'dev_quota',
    'dev_verification-failed',
    'dev_verification-overdue',
    'dev_meter-stopped',
    'dev_verification-function',
    'dev_meter-function',
    'dev_limit-function',
    'dev_dead-letters',
    'dev_overview',
  ]);
  expect({ name: boundary.name, arn: boundary.arn }).toEqual({
    name: 'dev_boundary',
    arn: 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_boundary',
  });
  expect(probeBoundary).toEqual({
    name: 'dev_probe-boundary',
    arn: 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_probe-boundary',
    statements: [
      {
        Sid: 'CallsAndLookupsOfAnyModel',
        Effect: 'Allow',
        Action: [
          'bedrock:InvokeModel',
          'bedrock:InvokeModelWithResponseStream',
          'bedrock:CallWithBearerToken',
          'bedrock-mantle:CreateInference',
          'bedrock:GetInferenceProfile',
          'bedrock:ApplyGuardrail',
          'ssm:GetParameter',
          'ssm:GetParameters',
          'ssm:GetParametersByPath',
        ],
        Resource: ['*'],
      },
    ],
  });
  expect(functions[0].variables['DECOY_PROFILE_ARN']).toBe(decoy.profileArn);
  expect(applications.map((a) => [a.name, a.tags])).toEqual(
    ['ant', 'zebra'].map((name) => [
      name,
      {
        Application: name,
        BedrockAccess: `dev/${name}`,
        CostCenter: 'CC-1',
        Owner: 'team@example.com',
        organization: 'acme',
      },
    ]),
  );
});

test('an alias has two parameters: the ARN of its profile, and the details of the profile', () => {
  const models = {
    main: {
      model: 'anthropic.claude-sonnet-5',
      routing: 'us',
      previous: { model: 'amazon.nova-lite-v1:0', routing: 'regional' },
      serve: 'previous',
    },
  };
  const guardrail = { id: 'abcdefgh1234', version: '1' };
  const [chat] = planOf({ chat: application({ models, guardrail, verify: ['text', 'tools'] }) }).applications;
  const [current, previous] = chat?.generations ?? [];
  expect(chat?.parameters).toEqual([
    {
      name: '/bedrock-access/dev/chat/main',
      value: previous?.profileArn,
      details: {
        profileArn: previous?.profileArn,
        modelId: 'amazon.nova-lite-v1:0',
        routing: 'regional',
        generation: previous?.generation,
        guardrail,
        tiers: ['default'],
        asked: ['text', 'tools'],
        generations: [
          {
            generation: current?.generation,
            profileArn: current?.profileArn,
            modelId: 'anthropic.claude-sonnet-5',
            routing: 'us',
            systemProfileId: 'us.anthropic.claude-sonnet-5',
            probes: ['text', 'system', 'turns', 'tools'],
            forcedTool: true,
            destination: { region: 'us-east-2', target: 'anthropic.claude-sonnet-5' },
            outside: { region: 'us-west-1', target: 'us.anthropic.claude-sonnet-5' },
          },
          {
            generation: previous?.generation,
            profileArn: previous?.profileArn,
            modelId: 'amazon.nova-lite-v1:0',
            routing: 'regional',
            systemProfileId: 'us.amazon.nova-lite-v1:0',
            probes: ['text', 'system', 'turns', 'sampling', 'tools'],
            sampling: {
              inferenceConfig: { temperature: 0.5, topP: 0.9 },
              additionalModelRequestFields: { inferenceConfig: { topK: 20 } },
            },
            forcedTool: true,
            outside: { region: 'us-east-2', target: 'amazon.nova-lite-v1:0' },
          },
        ],
      },
    },
  ]);
});
