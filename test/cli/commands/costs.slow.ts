import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CostExplorerClient,
  GetCostAndUsageCommand,
  GetCostForecastCommand,
  ListCostAllocationTagsCommand,
} from '@aws-sdk/client-cost-explorer';
import { GetParametersByPathCommand, SSMClient } from '@aws-sdk/client-ssm';
import Ajv from 'ajv';
import { commands } from '../../../lib/cli/commands/commands';
import { commandHelp } from '../../../lib/cli/terminal/help';
import { schemas } from '../../../lib/report/schemas';
import { application } from '../../plan/environments';
import { type Costs, costsAccount, type Refusal, runWithCosts, type Seen } from './costs-account';

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-costs-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

/** A month in which code-review exceeds its budget of $400, and support-chat is forecast to exceed $500. */
const MONTH: Costs = {
  billed: [
    ['2026-10-30', 'dev/support-chat', 9],
    ['2026-11-01', 'dev/support-chat', 300.5],
    ['2026-11-20', 'dev/support-chat', 100.25],
    ['2026-11-21', 'dev/support-chat', 1],
    ['2026-11-20', 'dev/code-review', 450.004],
    ['2026-11-20', 'dev/market-report', 20],
    ['2026-11-20', 'dev', 3.1],
  ],
  models: [
    ['dev/support-chat', 'Claude Sonnet 4.6', 350],
    ['dev/support-chat', 'Nova Lite', 50.75],
    ['dev/support-chat', '', 1],
    ['dev/code-review', 'Claude Sonnet 4.6', 450.004],
    ['dev/market-report', 'Nova Pro', 20],
  ],
  principals: [
    ['alice', '', 300],
    ['', 'build-17', 450.004],
    ['', '', 124.85],
  ],
  forecasts: { 'dev/support-chat': Array.from({ length: 10 }, () => 12), 'dev/code-review': [0, 0.5] },
  metrics: {
    'InputTokenCount support-chat': 17_345_000,
    'InputTokenCount market-report': 1_000_000,
    'InputTokenCount no-price': 1200,
  },
};

const within: Costs = {
  ...MONTH,
  billed: [['2026-11-20', 'dev/support-chat', 12.5]],
  models: [['dev/support-chat', 'Claude Sonnet 4.6', 12.5]],
  principals: [['alice', 'build-17', 12.5]],
};

const operations = (seen: readonly Seen[]) => seen.map((s) => s.operation);
const notLookedAt = (out: string) => out.split('\n').filter((line) => line.startsWith('not looked at'));
const valid = (document: unknown) => {
  const ajv = new Ajv({ strict: false });
  return [ajv.validate(schemas()['costs-output.schema.json'] as object, document), ajv.errors];
};

test('an application above its budget is found, and billed and estimated dollars are shown apart', async () => {
  const { exitCode, out, err } = await runWithCosts(MONTH, ['costs', 'dev']);
  expect([exitCode, err]).toEqual([1, '']);
  expect(out.split('\n')).toEqual([
    '✗ 1 of 5 budgets exceeded  dev in 111122223333: code-review $450.00 of $400.00.',
    '',
    '  application        billed  forecast     budget   used  estimated today  daily limit',
    '  code-review       $450.00   $450.50    $400.00  113 %            $0.00       $40.00  ✗ above',
    '  document-search     $0.00         -    $300.00    0 %            $0.00       $30.00  ✓',
    '  market-report      $20.00         -    $200.00   10 %           >$1.00       $20.00  ✓',
    '  support-chat      $401.75   $520.75    $500.00   80 %           $17.35       $40.00  ! forecast above',
    '  all applications  $871.75         -  $2,000.00   44 %                -            -  ✓',
    '  shared by all       $3.10         -          -      -                -            -',
    '',
    '  application    model, as billed, 2026-11   billed  forecast, by share',
    '  code-review    Claude Sonnet 4.6          $450.00             $450.50',
    '  market-report  Nova Pro                    $20.00                   -',
    '  support-chat   Claude Sonnet 4.6          $350.00             $453.67',
    '  support-chat   Nova Lite                   $50.75              $65.78',
    '  support-chat   (no model)                   $1.00               $1.30',
    '',
    '  principal, by its tags, 2026-11   billed  forecast, by share',
    '  Job build-17                     $450.00                   -',
    '  User alice                       $300.00                   -',
    '  (neither User nor Job)           $124.85                   -',
    '',
    'not looked at: forecast: Cost Explorer has too few days of costs to forecast market-report; run the command again after some weeks of costs',
    "billed: unblended US dollars of everything with the application's tag, from Cost Explorer, up to 24 hours late.",
    'estimated today: list prices times the tokens of calls on 2026-11-21 since 00:00 UTC; not included in the billed amounts.',
    '>: some tokens have no known price, so their dollars are not in the estimate.',
    '6 requests to Cost Explorer cost $0.06.',
  ]);
});

test('costs within the budgets end with exit code 0, and only an application with costs has a forecast', async () => {
  const { exitCode, out, seen } = await runWithCosts(within, ['costs', 'dev']);
  expect([exitCode, out.split('\n')[0]]).toEqual([
    0,
    '✓ within 5 budgets  dev in 111122223333: $12.50 billed in 2026-11.',
  ]);
  expect(operations(seen)).toEqual([
    ...['GetCostAndUsage', 'GetCostAndUsage', 'GetCostAndUsage', 'GetCostForecast'],
    ...['GetParametersByPath', 'GetMetricData'],
  ]);
  expect(out).toContain('  User alice, Job build-17         $12.50             $132.50');
});

const OWN = {
  And: [
    { Dimensions: { Key: 'LINKED_ACCOUNT', Values: ['111122223333'] } },
    {
      Tags: {
        Key: 'BedrockAccess',
        Values: ['dev', 'dev/code-review', 'dev/document-search', 'dev/market-report', 'dev/support-chat'],
        MatchOptions: ['EQUALS'],
      },
    },
  ],
};

test('the requests ask for days by application, the month by model and by session tags, and forecasts by day', async () => {
  const { seen } = await runWithCosts(within, ['costs', 'dev']);
  const month = { TimePeriod: { Start: '2026-11-01', End: '2026-11-22' }, Granularity: 'MONTHLY' };
  const tag = (Key: string) => ({ Type: 'TAG', Key });
  const common = { Metrics: ['UnblendedCost'], Filter: OWN };
  const metric = (Id: string, MetricName: string, Value: string) => ({
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Bedrock', MetricName, Dimensions: [{ Name: 'ModelId', Value }] },
      Period: 3_600,
      Stat: 'Sum',
    },
  });
  const tokens = ['InputTokenCount', 'OutputTokenCount'];
  const cached = ['Read', 'Write'].flatMap((kind) => [`Cache${kind}InputTokenCount`, `Cache${kind}InputTokens`]);
  const profiles = ['code-review', 'document-search', 'market-report', 'no-price', 'support-chat'];
  expect(seen.map((s) => s.body)).toEqual([
    {
      ...common,
      TimePeriod: { Start: '2026-10-23', End: '2026-11-22' },
      Granularity: 'DAILY',
      GroupBy: [tag('BedrockAccess')],
    },
    { ...common, ...month, GroupBy: [tag('BedrockAccess'), { Type: 'PRODUCT_ATTRIBUTE', Key: 'model' }] },
    { ...common, ...month, GroupBy: [tag('iamPrincipal/User'), tag('iamPrincipal/Job')] },
    {
      TimePeriod: { Start: '2026-11-21', End: '2026-12-01' },
      Granularity: 'DAILY',
      Metric: 'UNBLENDED_COST',
      Filter: { And: [OWN.And[0], { Tags: { ...OWN.And[1]?.Tags, Values: ['dev/support-chat'] } }] },
    },
    { Path: '/bedrock-access/dev', Recursive: true },
    {
      StartTime: 1_795_219_200,
      EndTime: 1_795_305_600,
      MetricDataQueries: [
        ...profiles.flatMap((id, i) => [...tokens, ...cached].map((name, j) => metric(`m${6 * i + j}`, name, id))),
      ],
    },
  ]);
});

test('the real SDK sends the same requests, and reads the answers of these tests', async () => {
  const { seen } = await runWithCosts(within, ['costs', 'dev', '--json']);
  const account = await costsAccount(within);
  const settings = {
    region: 'us-east-1',
    endpoint: account.url,
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
  };
  const explorer = new CostExplorerClient(settings);
  const cloudWatch = new CloudWatchClient(settings);
  const body = (i: number) => structuredClone(seen[i]?.body) as never;
  const days = await explorer.send(new GetCostAndUsageCommand(body(0)));
  await explorer.send(new GetCostAndUsageCommand(body(1)));
  const [principals] = (await explorer.send(new GetCostAndUsageCommand(body(2)))).ResultsByTime ?? [];
  const forecast = await explorer.send(new GetCostForecastCommand(body(3)));
  const ssm = new SSMClient(settings);
  await ssm.send(new GetParametersByPathCommand(body(4)));
  const metrics = { ...(body(5) as object), StartTime: new Date('2026-11-21'), EndTime: new Date('2026-11-22') };
  const data = await cloudWatch.send(new GetMetricDataCommand(metrics as never));
  await explorer.send(new ListCostAllocationTagsCommand({ TagKeys: ['BedrockAccess'] }));
  account.close();
  const comparable = ({ operation, headers, body: sent }: Seen) => {
    const scope = headers.authorization?.replace(/^.*Credential=\w+\/\d{8}(\S+),.*$/, '$1');
    return { operation, body: sent, target: headers['x-amz-target'], type: headers['content-type'], scope };
  };
  expect(account.seen.slice(0, 6).map(comparable)).toEqual(seen.map(comparable));
  expect(comparable(account.seen[6] as Seen)).toMatchObject({
    target: 'AWSInsightsIndexService.ListCostAllocationTags',
    body: { TagKeys: ['BedrockAccess'] },
  });
  expect(days.ResultsByTime?.[28]?.Groups).toEqual([
    { Keys: ['BedrockAccess$dev/support-chat'], Metrics: { UnblendedCost: { Amount: '12.5', Unit: 'USD' } } },
  ]);
  expect(principals?.Groups?.[0]?.Keys).toEqual(['iamPrincipal/User$alice', 'iamPrincipal/Job$build-17']);
  expect(forecast.ForecastResultsByTime?.[9]).toEqual({
    TimePeriod: { Start: '2026-11-30', End: '2026-12-01' },
    MeanValue: '12',
  });
  expect(data.MetricDataResults?.[24]).toMatchObject({ Id: 'm24', Values: [17_345_000], StatusCode: 'Complete' });
});

test('an answer in pages gives the same costs, and every page is counted as a request', async () => {
  const whole = JSON.parse((await runWithCosts(MONTH, ['costs', 'dev', '--json'])).out);
  const paged = await runWithCosts({ ...MONTH, daysOnPage: 7 }, ['costs', 'dev', '--json']);
  expect(JSON.parse(paged.out)).toEqual({ ...whole, costExplorer: { requests: 10, usd: 0.1 } });
  expect(paged.seen.slice(0, 5).map((s) => s.body['NextPageToken'])).toEqual([undefined, '7', '14', '21', '28']);
});

const THROTTLE: Refusal = { status: 400, type: 'LimitExceededException', message: 'Rate exceeded' };

test('a throttled request is sent again, and counted', async () => {
  const costs = { ...within, refusals: { GetCostAndUsage: [THROTTLE] } };
  const { exitCode, out } = await runWithCosts(costs, ['costs', 'dev']);
  expect([exitCode, out.split('\n').at(-1)]).toEqual([0, '5 requests to Cost Explorer cost $0.05.']);
});

const denied = (action: string): Refusal => ({
  status: 400,
  type: 'AccessDeniedException',
  message: `User: arn:aws:iam::111122223333:user/me is not authorized to perform: ${action} on resource: arn:aws:ce:us-east-1:111122223333:/GetCostAndUsage`,
});
const cost = (Status: string, LastUpdatedDate: string) => ({
  TagKey: 'BedrockAccess',
  Type: 'UserDefined',
  Status,
  LastUpdatedDate,
});
const principalTag = (key: string, Status: string) => ({
  TagKey: `iamPrincipal/${key}`,
  Type: 'UserDefined',
  Status,
  LastUpdatedDate: '2026-10-01T00:00:00Z',
});
const untagged: Costs = { ...within, principals: [['', '', 12.5]] };

const ACTIVATE =
  'activate it: costAllocationTags: activate in the environment file of the account that pays, or Cost allocation tags in its Billing console';
const ACTIVATE_PRINCIPAL =
  "activate it in the Billing console of the account that pays (Cost allocation tags, of the type IAM principal); each caller's ARN is in a new CUR 2.0 export with caller identity";

/**
 * The missing step, the answers, the exit code, the lines that are printed, and the number of requests to Cost
 * Explorer.
 */
const STEPS: readonly (readonly [
  title: string,
  costs: Costs,
  exitCode: number,
  lines: readonly string[],
  requests: number,
])[] = [
  [
    'permission for ce:GetCostAndUsage',
    { ...within, refusals: { GetCostAndUsage: [denied('ce:GetCostAndUsage')] } },
    3,
    [
      'billed: ce:GetCostAndUsage was refused: User: arn:aws:iam::111122223333:user/me is not authorized to perform: ce:GetCostAndUsage on resource: arn:aws:ce:us-east-1:111122223333:/GetCostAndUsage; allow your credentials ce:GetCostAndUsage',
    ],
    1,
  ],
  [
    'access of a member account to Cost Explorer',
    {
      ...within,
      refusals: {
        GetCostAndUsage: [
          { status: 400, type: 'AccessDeniedException', message: 'User not enabled for cost explorer access' },
        ],
      },
    },
    3,
    [
      'billed: this account has no access to Cost Explorer: User not enabled for cost explorer access; open Cost Explorer once in the Billing console of the account that pays, let its member accounts see costs there (Cost Management preferences), and wait 24 hours',
    ],
    1,
  ],
  [
    'time between requests',
    { ...within, refusals: { GetCostAndUsage: [THROTTLE, THROTTLE, THROTTLE] } },
    3,
    ['billed: Cost Explorer was asked too often; run the command again in a minute'],
    3,
  ],
  [
    'the first use of the tag',
    {},
    3,
    [
      `billed: billing does not know the tag BedrockAccess yet; billing lists a key within 24 hours of its first use; then ${ACTIVATE}`,
    ],
    2,
  ],
  [
    'the activation of the tag',
    { tags: [cost('Inactive', '2026-11-01T00:00:00Z')] },
    3,
    [`billed: the cost allocation tag BedrockAccess is not active; ${ACTIVATE}`],
    2,
  ],
  [
    'the 24 hours after the activation',
    { tags: [cost('Active', '2026-11-20T09:00:00Z')] },
    3,
    [
      'billed: the cost allocation tag BedrockAccess is active since 2026-11-20 and has no data yet; run the command again later: costs appear within 24 hours of the activation, and costs from before it never do',
    ],
    2,
  ],
  ['nothing (no costs were billed)', { tags: [cost('Active', '2026-11-19T09:00:00Z')] }, 0, [], 2],
  [
    'the status of the tag, which only the payer account can read',
    {
      refusals: {
        ListCostAllocationTags: [
          {
            status: 400,
            type: 'ValidationException',
            message: "Linked account doesn't have access to cost allocation tags.",
          },
        ],
      },
    },
    3,
    [
      "billed: nothing is billed under the tag BedrockAccess, and its status is not known: ce:ListCostAllocationTags: Linked account doesn't have access to cost allocation tags.; look the message up in the Cost Explorer API reference",
    ],
    2,
  ],
  [
    'data by model',
    {
      ...within,
      refusals: {
        'GetCostAndUsage model': [
          { status: 400, type: 'DataUnavailableException', message: 'Product attributes are not available.' },
        ],
      },
    },
    0,
    [
      'by model: Cost Explorer has no data for this: Product attributes are not available.; run the command again after some weeks of costs',
    ],
    4,
  ],
  [
    'the activation of principal tags',
    { ...untagged, tags: [principalTag('User', 'Inactive'), principalTag('Job', 'Active')] },
    0,
    [`by principal: the cost allocation tag iamPrincipal/User is not active; ${ACTIVATE_PRINCIPAL}`],
    5,
  ],
  [
    'permission for ce:GetCostForecast (one request)',
    {
      ...MONTH,
      billed: within.billed?.concat(MONTH.billed?.slice(5) ?? []) ?? [],
      refusals: { GetCostForecast: [denied('ce:GetCostForecast')] },
    },
    3,
    [
      'forecast: ce:GetCostForecast was refused: User: arn:aws:iam::111122223333:user/me is not authorized to perform: ce:GetCostForecast on resource: arn:aws:ce:us-east-1:111122223333:/GetCostAndUsage; allow your credentials ce:GetCostForecast',
    ],
    4,
  ],
  [
    'the deployment',
    { ...within, deployed: [] },
    0,
    ['estimated today: no parameter below /bedrock-access/dev names a profile; deploy the environment'],
    4,
  ],
  [
    'permission for cloudwatch:GetMetricData',
    {
      ...within,
      refusals: { GetMetricData: [{ status: 403, type: 'AccessDenied', message: 'not authorized' }] },
    },
    3,
    [
      'estimated today: could not estimate the dollars of today: CloudWatch did not answer GetMetricData (attempts: 1), AccessDenied: not authorized; allow cloudwatch:GetMetricData; allow your credentials ssm:GetParametersByPath and cloudwatch:GetMetricData',
    ],
    4,
  ],
  [
    'an answer in US dollars',
    { ...within, currency: 'CNY' },
    3,
    [
      'billed: Cost Explorer: it answered in CNY, and budgets are in US dollars; look the message up in the Cost Explorer API reference',
    ],
    1,
  ],
];

test.each(STEPS)(
  'a missing step is named, and the other costs are shown: %s',
  async (_, costs, exitCode, lines, requests) => {
    const shown = await runWithCosts(costs, ['costs', 'dev']);
    expect(notLookedAt(shown.out)).toEqual(lines.map((line) => `not looked at: ${line}`));
    const { out, exitCode: ended } = await runWithCosts(costs, ['costs', 'dev', '--json']);
    const document = JSON.parse(out);
    expect(valid(document)).toEqual([true, null]);
    expect([shown.exitCode, ended, document.exitCode]).toEqual([exitCode, exitCode, exitCode]);
    expect(document.costExplorer).toEqual({ requests, usd: requests / 100 });
  },
);

test('budgets and estimates are shown even without billed costs', async () => {
  const costs = { ...within, refusals: { GetCostAndUsage: [denied('ce:GetCostAndUsage')] } };
  const { out } = await runWithCosts(costs, ['costs', 'dev']);
  expect(out.split('\n').slice(0, 7)).toEqual([
    '! the costs of dev in 111122223333, billed in 2026-11, could not be read.',
    '',
    '  application       billed  forecast     budget  used  estimated today  daily limit',
    '  code-review            -         -    $400.00     -            $0.00       $40.00  not known',
    '  document-search        -         -    $300.00     -            $0.00       $30.00  not known',
    '  market-report          -         -    $200.00     -           >$1.00       $20.00  not known',
    '  support-chat           -         -    $500.00     -           $17.35       $40.00  not known',
  ]);
});

test('without credentials AWS is not called, and the next step is named', async () => {
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_PROFILE: undefined };
  const variables = { ...none, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
  const { exitCode, out, err, seen } = await runWithCosts(MONTH, ['costs', 'dev'], { variables });
  expect([exitCode, out, seen]).toEqual([3, '', []]);
  expect(err).toMatch(
    /^✗ could not find out whose credentials these are: .*; sign in, for example with: aws sso login/,
  );
});

/** Writes a project with `count` applications, the last of which has a budget. */
function projectOf(count: number): string {
  const project = mkdtempSync(join(folder, 'project-'));
  mkdirSync(join(project, 'environments'));
  const budget = { monthlyUsd: 10, alerts: [100], notify: ['team@example.com'] };
  const applications = Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`app-${i}`, application(i === count - 1 ? { budget } : {})]),
  );
  const environment = { name: 'dev', account: '111122223333', region: 'us-east-1', contact: 'platform@example.com' };
  writeFileSync(join(project, 'environments', 'dev.yaml'), JSON.stringify({ ...environment, applications }));
  return project;
}

test('a forecast is never below the billed costs, even if today costs more than was forecast', async () => {
  const billed = [['2026-11-21', 'dev/support-chat', 30] as const];
  const costs = { ...within, billed, forecasts: { 'dev/support-chat': [1, 1] } };
  for (const whose of ['applications', 'environment']) {
    const { out } = await runWithCosts(costs, ['costs', 'dev', '--json', '--forecast', whose]);
    expect(JSON.parse(out).all).toMatchObject({ billedUsd: 30, forecastUsd: 30 });
  }
});

test('more than 25 applications have one forecast, of the whole environment', async () => {
  const billed = Array.from({ length: 26 }, (_, i) => ['2026-11-20', `dev/app-${i}`, 1] as const);
  const forecasts = Object.fromEntries(billed.map(([, tag]) => [tag, [0.5, 0.5]]));
  const project = projectOf(26);
  const run = async (...flags: readonly string[]) => {
    const costs = { ...MONTH, billed, forecasts };
    const { out, seen } = await runWithCosts(costs, ['costs', 'dev', '--json', ...flags], { project });
    return [JSON.parse(out).all.forecastUsd, operations(seen).filter((o) => o === 'GetCostForecast').length];
  };
  expect(await run()).toEqual([52, 1]);
  expect(await run('--forecast', 'applications')).toEqual([52, 26]);
  expect(await run('--forecast', 'none')).toEqual([null, 0]);
});

const HOSTILE = [
  '=HYPERLINK("http://example.com")',
  '</script><img src=x onerror=alert(1)>',
  '| a | [b](javascript:x) |',
  '\u202egnp\u001b[31m\u0000',
];

test('tags, models and messages of AWS are shown as text in every format', async () => {
  const costs: Costs = {
    ...within,
    models: HOSTILE.map((model) => ['dev/support-chat', model, 1]),
    principals: HOSTILE.map((user) => [user, '', 1]),
    refusals: { GetCostForecast: [{ status: 400, type: 'ValidationException', message: HOSTILE.join(' ') }] },
  };
  const names = ['json', 'csv', 'md', 'html'].map((ending) => file(`hostile.${ending}`));
  const argv = ['costs', 'dev', ...names.flatMap((name) => ['--out', name])];
  const { out } = await runWithCosts(costs, argv);
  const [json = '', csv = '', md = '', page = ''] = names.map((name) => readFileSync(name, 'utf8'));
  expect(out).not.toMatch(/\p{Bidi_Control}|(?!\n)\p{Cc}/u);
  expect(out).toContain('=HYPERLINK');
  expect(
    JSON.parse(json)
      .models.map((m: { model: string }) => m.model)
      .sort(),
  ).toEqual([...HOSTILE].sort());
  expect(csv).not.toMatch(/(^|[,"\n])[=+@\t]/m);
  expect(csv).toContain('"\'=HYPERLINK(""http://example.com"")"');
  const cells = md
    .trimEnd()
    .split('\n')
    .map((row) => row.split('|').length);
  expect(new Set(cells)).toEqual(new Set([14]));
  expect(md).not.toMatch(/<|\[|javascript:x\)/);
  expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
  expect(page).not.toMatch(/<(script|img|link|iframe|base|form)\b|\p{Bidi_Control}|(?!\n)\p{Cc}/u);
});

test('the page has a plot of the last 30 days and every table, and loads nothing', async () => {
  const page = async (name: string): Promise<string> => {
    await runWithCosts(MONTH, ['costs', 'dev', '--out', file(name)]);
    return readFileSync(file(name), 'utf8');
  };
  const first = await page('a.html');
  expect(await page('b.html')).toBe(first);
  expect(first).toMatch(
    /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
  );
  expect(first).not.toMatch(/<(script|img|link|iframe|base|form)\b|<[^>]+\s(style|on\w+|src)=|https?:/);
  const captions = [...first.matchAll(/<caption>([^<]*)<\/caption>/g)].map(([, caption]) => caption);
  expect(captions).toEqual([
    'Billed US dollars of 2026-11 with the budget; estimated dollars of 2026-11-21',
    'Billed a day, by application, in US dollars',
    'Billed US dollars of 2026-11 by model, as AWS bills it',
    'Billed US dollars of 2026-11 by the tags of the caller',
  ]);
  expect(first.match(/<tr><th scope="row">20\d\d-\d\d-\d\d/g)).toHaveLength(30);
  expect(first).toContain(
    '<tr><th scope="row">2026-11-20</th><td class="number">450.004</td><td class="number">100.25</td><td class="number">20</td><td class="number">3.1</td></tr>',
  );
  expect(first).toContain('<li>forecast: Cost Explorer has too few days of costs to forecast market-report;');
  expect(first).toContain('account …3333');
  expect(first).not.toContain('111122223333');
});

test('CSV has a row for each application, model, principal and day, with separate billed and estimated dollars', async () => {
  await runWithCosts(within, ['costs', 'dev', '--out', file('rows.csv')]);
  expect(readFileSync(file('rows.csv'), 'utf8').trim().split('\r\n')).toEqual([
    'by,application,name,from,billedUsd,forecastUsd,forecastShareUsd,budgetUsd,estimatedTodayUsd,unpricedTokens,dailyLimitUsd,state',
    'application,code-review,,2026-11-01,0,,,400,0,0,40,within',
    'application,document-search,,2026-11-01,0,,,300,0,0,30,within',
    'application,market-report,,2026-11-01,0,,,200,1,1200,20,within',
    'application,support-chat,,2026-11-01,12.5,132.5,,500,17.345,0,40,within',
    'model,support-chat,Claude Sonnet 4.6,2026-11-01,12.5,,132.5,,,,,',
    'principal,,"User alice, Job build-17",2026-11-01,12.5,,132.5,,,,,',
    'day,support-chat,,2026-11-20,12.5,,,,,,,',
  ]);
});

test('more than 500 metrics take several requests, and every application has its own estimate', async () => {
  const metrics = { 'InputTokenCount app-0': 1_500_000, 'InputTokenCount app-299': 2_500_000 };
  const deployed = Array.from({ length: 300 }, (_, i) => `app-${i}`);
  const { out, seen } = await runWithCosts({ metrics, deployed }, ['costs', 'dev', '--json'], {
    project: projectOf(300),
  });
  const known = JSON.parse(out).applications.filter((a: { estimatedTodayUsd: number }) => a.estimatedTodayUsd > 0);
  expect(operations(seen).filter((o) => o === 'GetMetricData')).toHaveLength(4);
  expect(known.map((a: Record<string, unknown>) => [a['application'], a['estimatedTodayUsd']])).toEqual([
    ['app-0', 1.5],
    ['app-299', 2.5],
  ]);
});

test('requests are signed with the credentials that the SDK finds, such as those of a profile', async () => {
  const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
  writeFileSync(file('credentials'), '[billing]\naws_access_key_id = AKPROFILE\naws_secret_access_key = secret\n');
  const variables = { ...none, AWS_PROFILE: 'billing', AWS_SHARED_CREDENTIALS_FILE: file('credentials') };
  const { exitCode, seen } = await runWithCosts(within, ['costs', 'dev'], { variables });
  const keys = seen.map(({ headers }) => /Credential=(\w+)\//.exec(headers.authorization ?? '')?.[1]);
  expect([exitCode, ...new Set(keys)]).toEqual([0, 'AKPROFILE']);
});

test('the help says what the requests cost', () => {
  const help = commandHelp(commands.find((c) => c.name === 'costs') as (typeof commands)[number]).join('\n');
  expect(help).toContain('each request to Cost Explorer costs $0.01');
});

test('.html is refused for commands without a page', async () => {
  const { exitCode, err } = await runWithCosts({}, ['plan', 'dev', '--out', file('plan.html')]);
  expect([exitCode, err]).toEqual([2, `✗ --out writes .json, .csv, .md; '${file('plan.html')}' has another ending`]);
});
