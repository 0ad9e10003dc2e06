import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const ROLE = 'arn:aws:iam::111122223333:role/bedrock-access/dev/limit/dev_shop_limit';
const POLICY = 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_{application}_limit';
const ACCESS = 'arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_{application}_access-1';

export const policyArn = (application: string): string => POLICY.replace('{application}', application);
const accessArn = (application: string): string => ACCESS.replace('{application}', application);

/** Environment variables of the function. */
const VARIABLES = {
  ENVIRONMENT: 'dev',
  LIMIT_ROLE_ARN: ROLE.replace('shop', '{application}'),
  DENIAL_POLICY_ARN: POLICY,
  ACCESS_POLICY_ARN: ACCESS,
  PROBE_ROLE_NAMES: 'dev_{application}_probe,dev_{application}_probe-policies',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDFUNCTION',
  AWS_SECRET_ACCESS_KEY: 'secret',
  AWS_SESSION_TOKEN: 'token',
  AWS_LAMBDA_FUNCTION_NAME: 'dev_limit',
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
 * An emulated account on the loopback interface with IAM, STS and AWS Budgets. A session of an application's limit role
 * can change only that application's denial. A missing policy is a NoSuchEntity error, an attached policy cannot be
 * deleted, and a principal has at most ten policies.
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
  /** Answers that CloudFormation received. */
  readonly answers: Record<string, unknown>[] = [];
  private readonly server: Server = createServer((request, response) => void this.answer(request, response));

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    Object.assign(process.env, VARIABLES, { AWS_ENDPOINT_URL: this.url });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** Adds an application with its policies, whose denial is not attached. */
  application(name: string, principals: readonly string[]): void {
    this.carried.set(policyArn(name), new Set());
    this.carried.set(
      accessArn(name),
      new Set([...principals, `role dev_${name}_probe`, `role dev_${name}_probe-policies`]),
    );
  }

  deny(application: string, ...principals: readonly string[]): void {
    for (const principal of principals) {
      this.carried.get(policyArn(application))?.add(principal);
    }
  }

  denied(application: string): readonly string[] {
    return [...(this.carried.get(policyArn(application)) ?? [])].sort();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request).catch(() => '');
    if (request.method === 'PUT') {
      this.answers.push(JSON.parse(body));
      response.end();
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
    const [status, code, result] = failure ?? (target === '' ? this.query(form, key) : this.budgets(name, json));
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
    const application = key.replace('ASIA', '');
    const own = [policyArn(application), ...(Action === 'ListEntitiesForPolicy' ? [accessArn(application)] : [])];
    if (!own.includes(PolicyArn)) {
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
      if (this.full.has(principal)) {
        return [409, 'LimitExceeded'];
      }
      carriers.add(principal);
      return [200, ''];
    }
    return carriers.delete(principal) ? [200, ''] : [404, 'NoSuchEntity'];
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
