import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { MetricQuery } from '../../../aws/services/cloudwatch';
import { type DescribedResource, describedResource } from '../custom-resource/described-resource';
import { MetricStore } from '../meter/metric-store';

const ROLE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/limit/dev_shop_limit';
const POLICY = 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_{application}_limit';
const ACCESS = 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_{application}_access-1';

export const policyArn = (application: string): string => POLICY.replace('{application}', application);
export const accessArn = (application: string): string => ACCESS.replace('{application}', application);
export const alarmArn = (application: string): string =>
  `arn:aws:cloudwatch:us-east-1:111122223333:alarm:dev_${application}_daily-usd`;
const LIMITS = '/bedrock-access/dev.limits';

/** Price of a million tokens of each kind, in dollars. */
const PRICES = { 'amazon.nova-lite-v1:0 us': { input: 1, output: 4 } };

/** Something that an owner was told. */
export interface Told {
  readonly topic: string;
  readonly subject: string;
  readonly message: string;
}

/** Environment variables of the function. */
const VARIABLES = {
  ENVIRONMENT: 'dev',
  LIMIT_ROLE_ARN: ROLE.replace('shop', '{application}'),
  DENIAL_POLICY_ARN: POLICY,
  PROBE_ROLE_NAMES: 'dev_{application}_probe,dev_{application}_probe-policies',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDFUNCTION',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_LAMBDA_FUNCTION_NAME: 'dev_limit',
  OWN_STACKS: 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--*/*',
};

/** An action of a budget, with its history. */
export interface SeenAction {
  status: string;
  readonly application: string;
  readonly history: { readonly status: string; readonly type: string; readonly at: string }[];
  /** Principals that AWS Budgets attaches the policy to and detaches it from. */
  readonly principals: readonly string[];
  /** Statuses that the action shows before an execution is complete. */
  progress?: number;
}

/**
 * An emulated account on the loopback interface with IAM, STS, AWS Budgets, the Parameter Store, CloudWatch and SNS. A
 * session of an application's limit role can change only that application's policies. A missing policy is a
 * NoSuchEntity error, and a principal has at most ten policies.
 */
export class LimitAccount {
  /** Principals that each policy is attached to, as `role NAME` or `user NAME` in order, keyed by the policy's ARN. */
  readonly carried = new Map<string, Set<string>>();
  readonly actions = new Map<string, SeenAction>();
  /** Principals that have ten managed policies. */
  readonly full = new Set<string>();
  /** Every request, such as `AttachRolePolicy role dev_shop_lambda`. */
  readonly requests: string[] = [];
  /** Answers that replace those of the account, in order, keyed by the name of an action. */
  readonly failures = new Map<string, (readonly [status: number, code: string] | 'never')[]>();
  /** The resource that CloudFormation describes. */
  resource: DescribedResource | undefined;
  readonly parameters = new Map<string, string>();
  metrics = new MetricStore();
  /** Status of the data of metrics. */
  status = 'Complete';
  readonly told: Told[] = [];
  private readonly task = mkdtempSync(join(tmpdir(), 'limit-'));
  /** Answers that CloudFormation received. */
  readonly answers: Record<string, unknown>[] = [];
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    writeFileSync(join(this.task, 'prices.json'), JSON.stringify(PRICES));
    Object.assign(process.env, VARIABLES, { AWS_ENDPOINT_URL: this.url, LAMBDA_TASK_ROOT: this.task });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
    rmSync(this.task, { recursive: true });
  }

  /**
   * Adds an application with its policies, its limit and one alias. Its denial is not attached.
   *
   * @param profiles ids of its profiles, the served one first
   */
  application(name: string, principals: readonly string[], dailyUsd?: number, profiles = [`${name}1`]): void {
    this.carried.set(policyArn(name), new Set());
    this.carried.set(
      accessArn(name),
      new Set([...principals, `role dev_${name}_probe`, `role dev_${name}_probe-policies`]),
    );
    const named = (kind: string) => principals.filter((p) => p.startsWith(`${kind} `)).map((p) => p.slice(5));
    this.limit(name, {
      ...(dailyUsd !== undefined && { dailyUsd, alarmArn: alarmArn(name) }),
      topicArn: `arn:aws:sns:us-east-1:111122223333:dev_alerts-${name}`,
      policyArns: [accessArn(name)],
      roles: named('role'),
      users: named('user'),
    });
    this.alias(name, 'main', profiles);
  }

  /** Writes the limit of an application, as its stack does. */
  limit(application: string, limit: unknown): void {
    this.parameters.set(`${LIMITS}/${application}`, JSON.stringify(limit));
  }

  /** Writes an alias, as its stack does. */
  alias(application: string, alias: string, profiles: readonly string[], modelId = 'amazon.nova-lite-v1:0'): void {
    const generations = profiles.map((id) => ({
      generation: id,
      profileArn: `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${id}`,
      modelId,
      routing: 'us',
      probes: ['text'],
    }));
    const [{ generation, profileArn } = { generation: '', profileArn: '' }] = generations;
    this.parameters.set(`/bedrock-access/dev/${application}/${alias}`, profileArn);
    this.parameters.set(
      `/bedrock-access/dev/${application}/${alias}.json`,
      JSON.stringify({ profileArn, generation, generations }),
    );
  }

  /** Records tokens of a profile, whose price is one dollar a million. Only AWS can write these metrics. */
  spend(profile: string, usd: number, at: string, metric = 'InputTokenCount'): void {
    this.metrics.add('AWS/Bedrock', metric, { ModelId: profile }, [Date.parse(at) / 1000, usd * 1e6]);
  }

  state(application: string): unknown {
    const value = this.parameters.get(`${LIMITS}/${application}.state`);
    return value === undefined ? undefined : JSON.parse(value);
  }

  writeState(application: string, value: unknown): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    this.parameters.set(`${LIMITS}/${application}.state`, text);
  }

  deny(application: string, ...principals: readonly string[]): void {
    for (const principal of principals) {
      this.carried.get(policyArn(application))?.add(principal);
    }
  }

  denied(application: string): readonly string[] {
    return [...(this.carried.get(policyArn(application)) ?? [])].sort();
  }

  /** Principals that the access policy of an application is attached to. */
  entitled(application: string): readonly string[] {
    return [...(this.carried.get(accessArn(application)) ?? [])].sort();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => '');
    if (request.method === 'PUT') {
      this.answers.push(JSON.parse(body));
      response.end();
      return;
    }
    if (request.url?.endsWith('/concurrency')) {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ReservedConcurrentExecutions":5}');
      return;
    }
    if (body.includes('Action=DescribeStackResource&')) {
      const described = describedResource(this.resource);
      response.writeHead(described.status, { 'content-type': 'text/xml' }).end(described.body);
      return;
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const form = Object.fromEntries(new URLSearchParams(target === '' ? body : ''));
    const json = target === '' ? {} : JSON.parse(body);
    const name = target === '' ? (form['Action'] ?? '') : (target.split('.')[1] ?? '');
    const who = form['RoleName'] ? ` role ${form['RoleName']}` : form['UserName'] ? ` user ${form['UserName']}` : '';
    this.requests.push(`${name}${who}${json.ExecutionType ? ` ${json.ExecutionType}` : ''}`);
    const failure = this.failures.get(name)?.shift();
    if (failure === 'never') {
      return;
    }
    const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const [status, code, result] =
      failure ??
      (target === ''
        ? this.query(form, key)
        : target.startsWith('AmazonSSM')
          ? this.ssm(name, json)
          : name === 'GetMetricData'
            ? this.metricData(json)
            : this.budgets(name, json));
    if (target !== '') {
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify(status === 200 ? (result ?? {}) : { __type: code, message: code }));
      return;
    }
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      status === 200
        ? `<${name}Response><${name}Result>${result ?? ''}</${name}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${name}Response>`
        : `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code} for ${name}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
    );
  }

  private query(form: Readonly<Record<string, string>>, key: string): readonly [number, string, string?] {
    const { Action = '', RoleArn = '', PolicyArn = '', RoleName, UserName } = form;
    if (Action === 'AssumeRole') {
      const application = /^arn:aws:iam::111122223333:role\/bedrock-access\/dev\/limit\/dev_([a-z]+)_limit$/.exec(
        RoleArn,
      );
      return application === null
        ? [403, 'AccessDenied']
        : [
            200,
            '',
            `<Credentials><AccessKeyId>ASIA${application[1]}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>`,
          ];
    }
    if (Action === 'ListPolicies') {
      const attached = [...this.carried].filter(([, carriers]) => carriers.size > 0);
      const members = attached.map(([arn]) => `<member><Arn>${arn}</Arn></member>`).join('');
      return key === 'AKIDFUNCTION'
        ? [200, '', `<Policies>${members}</Policies><IsTruncated>false</IsTruncated>`]
        : [403, 'AccessDenied'];
    }
    if (Action === 'Publish') {
      const { TopicArn = '', Subject = '', Message = '' } = form;
      this.told.push({ topic: TopicArn, subject: Subject, message: Message });
      return key === 'AKIDFUNCTION' ? [200, '', '<MessageId>m</MessageId>'] : [403, 'AccessDenied'];
    }
    const application = key.replace('ASIA', '');
    if (PolicyArn !== policyArn(application) && !PolicyArn.startsWith(accessArn(application))) {
      return [403, 'AccessDenied'];
    }
    const carriers = this.carried.get(PolicyArn);
    if (carriers === undefined) {
      return [404, 'NoSuchEntity'];
    }
    if (Action === 'ListEntitiesForPolicy') {
      // Pages hold two entries, so that several pages are read.
      const all = [...carriers];
      const from = Number(form['Marker'] ?? 0);
      const page = all.slice(from, from + 2);
      const of = (kind: string, tag: string): string =>
        page
          .filter((c) => c.startsWith(`${kind} `))
          .map((c) => `<member><${tag}Name>${c.slice(5)}</${tag}Name><${tag}Id>AIDA</${tag}Id></member>`)
          .join('');
      const more = from + 2 < all.length;
      return [
        200,
        '',
        `<PolicyRoles>${of('role', 'Role')}</PolicyRoles><PolicyUsers>${of('user', 'User')}</PolicyUsers><PolicyGroups/><IsTruncated>${more}</IsTruncated>${more ? `<Marker>${from + 2}</Marker>` : ''}`,
      ];
    }
    const principal = RoleName === undefined ? `user ${UserName}` : `role ${RoleName}`;
    if (Action.startsWith('Attach')) {
      if (this.full.has(principal) && PolicyArn === policyArn(application)) {
        return [409, 'LimitExceeded'];
      }
      carriers.add(principal);
      return [200, ''];
    }
    return carriers.delete(principal) ? [200, ''] : [404, 'NoSuchEntity'];
  }

  private ssm(name: string, json: Readonly<Record<string, unknown>>): readonly [number, string, unknown?] {
    const shown = (names: readonly string[]) =>
      names.flatMap((Name) => {
        const Value = this.parameters.get(Name);
        return Value === undefined ? [] : [{ Name, Value }];
      });
    switch (name) {
      case 'GetParametersByPath': {
        const below = [...this.parameters.keys()].filter((key) => key.startsWith(`${String(json['Path'])}/`)).sort();
        // Pages hold two parameters, so that several pages are read.
        const from = Number(json['NextToken'] ?? 0);
        const more = from + 2 < below.length;
        const Parameters = shown(below.slice(from, from + 2));
        return [200, '', { Parameters, ...(more && { NextToken: String(from + 2) }) }];
      }
      case 'GetParameters':
        return [200, '', { Parameters: shown(json['Names'] as readonly string[]) }];
      case 'PutParameter':
        this.parameters.set(String(json['Name']), String(json['Value']));
        return [200, '', { Version: 1 }];
      default:
        return this.parameters.delete(String(json['Name'])) ? [200, '', {}] : [400, 'ParameterNotFound'];
    }
  }

  private metricData(json: Readonly<Record<string, unknown>>): readonly [number, string, unknown] {
    const results = (json['MetricDataQueries'] as readonly MetricQuery[]).map(({ Id, MetricStat }) => {
      const { Metric, Stat, Period } = MetricStat;
      const data = this.metrics.read(Metric, Stat, Period, Number(json['StartTime']), Number(json['EndTime']));
      return { Id, StatusCode: this.status, ...data };
    });
    return [200, '', { MetricDataResults: results }];
  }

  private budgets(
    name: string,
    { ActionId = '', ExecutionType = '' }: Readonly<Record<string, string>>,
  ): readonly [number, string, unknown?] {
    const shown = ([id, { status, application }]: readonly [string, SeenAction]) => ({
      ActionId: id,
      BudgetName: `dev_${application}_0a1b2c`,
      NotificationType: 'ACTUAL',
      ActionType: 'APPLY_IAM_POLICY',
      ActionThreshold: { ActionThresholdValue: 100, ActionThresholdType: 'PERCENTAGE' },
      Definition: { IamActionDefinition: { PolicyArn: policyArn(application) } },
      ExecutionRoleArn: ROLE,
      ApprovalModel: 'AUTOMATIC',
      Status: status,
      Subscribers: [],
    });
    if (name === 'DescribeBudgetActionsForAccount') {
      return [200, '', { Actions: [...this.actions].map(shown) }];
    }
    const action = this.actions.get(ActionId);
    if (action === undefined) {
      return [400, 'NotFoundException'];
    }
    if (name === 'DescribeBudgetActionHistories') {
      const entry = ({ status, type, at }: SeenAction['history'][number]) => ({
        Timestamp: Date.parse(at) / 1000,
        Status: status,
        EventType: type,
      });
      return [200, '', { ActionHistories: action.history.map(entry) }];
    }
    if (name === 'DescribeBudgetAction') {
      action.progress = Math.max(0, (action.progress ?? 0) - 1);
      const status = action.progress > 0 ? 'REVERSE_IN_PROGRESS' : action.status;
      return [200, '', { Action: shown([ActionId, { ...action, status }]) }];
    }
    if (ExecutionType === 'REVERSE_BUDGET_ACTION' && action.status === 'EXECUTION_SUCCESS') {
      for (const principal of action.principals) {
        this.carried.get(policyArn(action.application))?.delete(principal);
      }
      action.status = 'REVERSE_SUCCESS';
      return [200, '', { ActionId, ExecutionType }];
    }
    if (ExecutionType === 'RESET_BUDGET_ACTION' && action.status === 'REVERSE_SUCCESS') {
      action.status = 'STANDBY';
      return [200, '', { ActionId, ExecutionType }];
    }
    return [400, 'InvalidParameterException'];
  }
}
