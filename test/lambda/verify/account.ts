import type { BedrockMetrics } from '../../../aws/services/bedrock-metrics';
import type { Parameter } from '../../../aws/services/parameter-pages';
import type { Call, Reply, Session } from '../../../lambda/verify/bedrock/call';
import { readSettings, type Settings } from '../../../lambda/verify/settings';
import type { Dependencies } from '../../../lambda/verify/verify';

/** Returns the ARN of an alias's profile. It contains both names, so that expectations are easy to read. */
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

/** Returns the two parameters of an alias with one generation. */
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

/** Returns the parameters of an alias with an embedding model. */
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

/** Returns the IAM action of a call that is checked first. */
function actionOf({ operation, bearer }: Call): string {
  return operation === 'CreateInference'
    ? 'bedrock-mantle:CreateInference'
    : bearer
      ? 'bedrock:CallWithBearerToken'
      : 'bedrock:InvokeModel';
}

/** An account in memory in which applications can make exactly the calls that they should. */
export class AccountInMemory implements Dependencies {
  readonly calls: (Call & { readonly role: string; readonly policy?: string })[] = [];
  /** CloudWatch's metrics. A verification reads them only if they are given. */
  metrics?: BedrockMetrics;
  readonly lines: string[] = [];
  timeLeft = 600_000;
  /** Replaces the answer to a call. `undefined` leaves it as it is. */
  answer: (call: Call, role: string, policy?: string) => Reply | Error | undefined = () => undefined;
  /** Errors of AssumeRole, keyed by role. For a session with a policy, ` narrowed` follows the role. */
  readonly assumeErrors = new Map<string, Error>();

  constructor(private readonly parameters: readonly Parameter[]) {}

  readonly clock = {
    now: () => 0,
    sleep: async () => {},
    random: () => 0,
    timeLeft: () => this.timeLeft,
  };

  readonly log = (line: string): void => void this.lines.push(line);

  /** Returns a page of two parameters. */
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
