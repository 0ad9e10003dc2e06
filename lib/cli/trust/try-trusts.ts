import type { AccessPlan } from '../../plan/environment/access-plan';
import type { RolePlan } from '../../plan/parts/role-plan';
import type { TrustCase } from '../../proof/verification/trust/trust-case';
import { trustCases } from '../../proof/verification/trust/trust-cases';
import type { TrustTrial, TrustTry } from '../../proof/verification/trust/trust-trial';
import type { Sandbox } from '../../sandbox/start-sandbox';
import { LocalIssuer } from './local-issuer';
import { attemptOf, issuerOf, type TrustAttempt } from './trust-attempt';

const SESSION_NAME = 'bedrock-access-trial';
const HOUR = 3_600_000;

interface RoleCases {
  readonly application: string;
  readonly role: RolePlan;
  readonly cases: readonly TrustCase[];
}

/** Tries who can assume the roles of an environment, by requests of the AWS SDK to the sandbox. */
export class TrustTrials {
  /** Public keys for the sandbox, one for each issuer that a token names. */
  readonly issuers: ReadonlyMap<string, LocalIssuer['publicKey']>;
  readonly #roles: readonly RoleCases[];
  readonly #issuer: LocalIssuer | undefined;

  constructor(plan: AccessPlan) {
    this.#roles = plan.applications.flatMap(({ name, roles }) =>
      roles
        // The verification function assumes the probe roles itself.
        .filter(({ principal }) => principal.kind !== 'probe')
        .map((role) => ({ application: name, role, cases: trustCases(plan, role.principal) })),
    );
    const providers = this.#roles.flatMap(({ cases }) =>
      cases.flatMap(({ caller }) => (caller.kind === 'federated' ? [caller.provider] : [])),
    );
    const issuer = providers.length === 0 ? undefined : new LocalIssuer();
    this.#issuer = issuer;
    this.issuers = new Map(issuer === undefined ? [] : providers.map((p) => [issuerOf(p), issuer.publicKey]));
  }

  /** Assumes each role as its caller would, and as near misses. Stops early when the signal aborts. */
  async run(sandbox: Sandbox, region: string, signal: AbortSignal): Promise<readonly TrustTrial[]> {
    const client = new TrialClient(sandbox, region, this.#issuer);
    const trials: TrustTrial[] = [];
    for (const { application, role, cases } of this.#roles) {
      if (signal.aborted) {
        break;
      }
      const tries: TrustTry[] = [];
      for (const { who, expected, ...request } of cases) {
        tries.push({ who, expected, ...(await client.send(role.arn, attemptOf({ who, expected, ...request }))) });
      }
      tries.push(...(await badTokens(client, role.arn, cases)));
      trials.push({ application, role: role.name, arn: role.arn, tries });
    }
    return trials;
  }
}

/** Tries the right token with the wrong signature, and after its end. */
async function badTokens(client: TrialClient, arn: string, cases: readonly TrustCase[]): Promise<readonly TrustTry[]> {
  const own = cases.find(({ caller, expected }) => caller.kind === 'federated' && expected === 'allowed');
  const attempt = own && attemptOf(own);
  return attempt === undefined || 'by' in attempt
    ? []
    : [
        {
          ...{ who: 'a token that somebody else signed', expected: 'denied' },
          ...(await client.send(arn, attempt, 'signed by somebody else')),
        },
        {
          ...{ who: 'a token of yesterday', expected: 'denied' },
          ...(await client.send(arn, attempt, 'expired')),
        },
      ];
}

/** What is wrong with a token. Its claims are right. */
type Fault = 'signed by somebody else' | 'expired';

/** Error codes of STS that deny a request, by what is wrong with its token. */
const DENIALS: Readonly<Record<Fault | 'nothing', readonly string[]>> = {
  nothing: ['AccessDenied'],
  'signed by somebody else': ['InvalidIdentityTokenException'],
  expired: ['ExpiredToken', 'ExpiredTokenException'],
};

/** Sends requests to assume roles with the AWS SDK. */
class TrialClient {
  readonly #sts = require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  readonly #sandbox: Sandbox;
  readonly #region: string;
  readonly #issuer: LocalIssuer | undefined;
  readonly #stranger: LocalIssuer | undefined;
  /** One handler for all clients, so that they share their connections. */
  readonly #requestHandler;

  constructor(sandbox: Sandbox, region: string, issuer: LocalIssuer | undefined) {
    this.#sandbox = sandbox;
    this.#region = region;
    this.#issuer = issuer;
    this.#stranger = issuer && new LocalIssuer();
    this.#requestHandler = new this.#sts.STSClient({ region }).config.requestHandler;
  }

  async send(RoleArn: string, attempt: TrustAttempt, fault?: Fault): Promise<Pick<TrustTry, 'outcome' | 'error'>> {
    const role = { RoleArn, RoleSessionName: SESSION_NAME };
    const { STSClient, AssumeRoleCommand, AssumeRoleWithWebIdentityCommand } = this.#sts;
    const common = {
      region: this.#region,
      endpoint: this.#sandbox.url,
      maxAttempts: 1,
      requestHandler: this.#requestHandler,
    };
    try {
      if ('by' in attempt) {
        const client = new STSClient({ ...common, credentials: this.#sandbox.credentialsOutside(attempt.by) });
        await client.send(new AssumeRoleCommand({ ...role, ...attempt.parameters }));
      } else {
        const issuer = fault === 'signed by somebody else' ? this.#stranger : this.#issuer;
        const at = fault === 'expired' ? Date.now() - 24 * HOUR : Date.now();
        const command = new AssumeRoleWithWebIdentityCommand({
          ...role,
          WebIdentityToken: issuer?.token(attempt.claims, at),
        });
        await new STSClient(common).send(command);
      }
      return { outcome: 'allowed' };
    } catch (error) {
      const { name, message } = error as Error;
      const isDenied = DENIALS[fault ?? 'nothing'].includes(name) && !message.includes('the sandbox cannot decide');
      return { outcome: isDenied ? 'denied' : 'inconclusive', error: `${name}: ${message}` };
    }
  }
}
