import type { BedrockMetrics } from '../../../aws/services/bedrock-metrics';
import type { Parameter } from '../../../aws/services/parameter-pages';
import type { Call, Reply, Session } from '../../../lambda/verify/bedrock/call';
import { readSettings, type Settings } from '../../../lambda/verify/settings';
import type { Dependencies } from '../../../lambda/verify/verify';

/** The profile of an alias, readable in a test's expectations. */
export const profileArn = (application: string, alias: string): string =>
  `arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/${application}-${alias}`;

export const roleArn = (application: string, kind: 'probe' | 'policies'): string =>
  `arn:aws:iam::111122223333:role/bedrock-access/dev/${kind}/${application}`;

export const DECOY = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/decoy';

export const settings: Settings = readSettings({
  ENVIRONMENT: 'dev',
  AWS_REGION: 'us-east-1',
  PROBE_ROLE_ARN: roleArn('{application}', 'probe'),
  POLICIES_PROBE_ROLE_ARN: roleArn('{application}', 'policies'),
  DECOY_PROFILE_ARN: DECOY,
});

/** The two parameters of an alias with one generation. */
export function parametersOf(application: string, alias: string, changes: Record<string, unknown> = {}): Parameter[] {
  const arn = profileArn(application, alias);
  const generation = {
    generation: 'g1',
    profileArn: arn,
    modelId: 'anthropic.claude-sonnet-4-6',
    routing: 'us',
    systemProfileId: 'us.anthropic.claude-sonnet-4-6',
    probes: ['text', 'stream'],
    ...changes,
  };
  const { modelId, routing } = generation;
  const json = { profileArn: arn, modelId, routing, generation: 'g1', generations: [generation] };
  const name = `/bedrock-access/dev/${application}/${alias}`;
  return [
    { name, value: arn },
    { name: `${name}.json`, value: JSON.stringify(json) },
  ];
}

/** The parameters of an alias whose model gives vectors. */
export function embeddingParametersOf(application: string, alias: string): Parameter[] {
  const modelId = 'amazon.titan-embed-text-v2:0';
  return parametersOf(application, alias, {
    modelId,
    routing: 'regional',
    probes: ['embed'],
    systemProfileId: undefined,
  });
}

export function awsError(name: string, httpStatusCode: number, message = name): Error {
  return Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: 'r-1' } });
}

export const denied = (action = 'bedrock:InvokeModel'): Error =>
  awsError('AccessDeniedException', 403, `User: u is not authorized to perform: ${action} on resource: arn:x`);

/** What is asked of IAM first. */
function actionOf({ operation, bearer }: Call): string {
  return operation === 'CreateInference'
    ? 'bedrock-mantle:CreateInference'
    : bearer
      ? 'bedrock:CallWithBearerToken'
      : 'bedrock:InvokeModel';
}

/** An account in memory in which applications can do what they should, and nothing else. */
export class AccountInMemory implements Dependencies {
  readonly calls: (Call & { readonly role: string; readonly policy?: string })[] = [];
  /** CloudWatch, of which a verification asks only where it is given. */
  metrics?: BedrockMetrics;
  readonly lines: string[] = [];
  timeLeft = 600_000;
  /** Changes what a call gives; `undefined` leaves it. */
  answer: (call: Call, role: string, policy?: string) => Reply | Error | undefined = () => undefined;
  /** Errors of AssumeRole by role, with ` narrowed` behind it for a session with a policy. */
  readonly assumeErrors = new Map<string, Error>();

  constructor(private readonly parameters: readonly Parameter[]) {}

  readonly clock = {
    now: () => 0,
    sleep: async () => {},
    random: () => 0,
    timeLeft: () => this.timeLeft,
  };

  readonly log = (line: string): void => void this.lines.push(line);

  /** Two parameters a page. */
  readonly readPage: Dependencies['readPage'] = async (_path, nextToken = '0') => {
    const end = Number(nextToken) + 2;
    return {
      parameters: this.parameters.slice(Number(nextToken), end),
      ...(end < this.parameters.length && { nextToken: String(end) }),
    };
  };

  readonly assumeRole = async (role: string, _signal?: AbortSignal, policy?: string): Promise<Session> => {
    const error = this.assumeErrors.get(policy === undefined ? role : `${role} narrowed`);
    if (error !== undefined) {
      throw error;
    }
    return {
      send: async (call) => {
        this.calls.push({ ...call, role, ...(policy !== undefined && { policy }) });
        const action = actionOf(call);
        const may = action === 'bedrock:InvokeModel' && call.target.includes(`/${role.split('/').at(-1)}-`);
        const answer = this.answer(call, role, policy) ?? (may ? { inputTokens: 5, outputTokens: 1 } : denied(action));
        if (answer instanceof Error) {
          throw answer;
        }
        return answer;
      },
    };
  };
}
