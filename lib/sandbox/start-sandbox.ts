import type { Account } from '../account/account';
import type { SystemProfileReading } from '../account/system-profile-reading';
import { answerRequests } from './answer-requests';
import { CallLog } from './call-log';
import { Credentials, type SandboxCredentials } from './credentials';
import { InjectedFaults } from './faults/injected-faults';
import type { Injection, InjectionCount } from './faults/injection';
import { outsideCaller } from './identify';
import { issueCredentials, type SessionOptions } from './issue-credentials';
import type { OutsideCaller } from './outside-caller';
import type { SandboxCall } from './sandbox-call';
import type { Issuers } from './sts/web-token';
import { listenOnLoopback } from './transport/listen-on-loopback';

export interface SandboxOptions {
  /** Account whose IAM policies are enforced. */
  readonly account: Account;
  /**
   * Assumption about the check that Bedrock makes on system-defined profiles, which AWS does not document.
   *
   * @default 'every' - a call is allowed only when it is allowed under each assumption
   */
  readonly reading?: SystemProfileReading;
  /**
   * Port to listen on.
   *
   * @default 0 - any free port
   */
  readonly port?: number;
  /**
   * Clock for signatures, expiry and conditions.
   *
   * @default - the clock of this computer
   */
  readonly now?: () => Date;
  /**
   * Faults to inject into model calls that IAM allows.
   *
   * @default - none
   */
  readonly faults?: readonly Injection[];
  /**
   * Public keys of the issuers whose tokens AssumeRoleWithWebIdentity accepts, by host and path.
   *
   * @default - no token is accepted
   */
  readonly issuers?: Issuers;
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /**
   * Issues new credentials for a session of a role, or for a user.
   *
   * @throws Error when the account has no such principal; the message lists the principals
   */
  credentialsFor(principalArn: string, options?: SessionOptions): SandboxCredentials;
  /** Issues credentials of a caller from outside of the account, which may assume the roles that trust it. */
  credentialsOutside(caller: OutsideCaller): SandboxCredentials;
  /** The last 10,000 calls that IAM decided, oldest first. */
  readonly calls: readonly SandboxCall[];
  /** Number of times that each fault was injected. */
  readonly injected: readonly InjectionCount[];
  /** Stops the sandbox at once and drops open connections. */
  close(): Promise<void>;
}

/** Starts an AWS endpoint on 127.0.0.1 that enforces the account's IAM in front of a scripted Bedrock. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { account, reading = 'every', port = 0, now = () => new Date(), faults = [], issuers } = options;
  const credentials = new Credentials();
  const log = new CallLog();
  const injected = new InjectedFaults(faults);
  const answer = answerRequests({
    account,
    reading,
    credentials,
    log,
    now,
    faults: injected,
    ...(issuers && { issuers }),
  });
  const server = await listenOnLoopback(answer, port);
  return {
    url: `http://127.0.0.1:${server.port}`,
    credentialsFor: (principalArn, session) => issueCredentials(account, credentials, now(), principalArn, session),
    credentialsOutside: (caller) => credentials.issue(outsideCaller(caller)),
    get calls() {
      return log.calls;
    },
    get injected() {
      return injected.injected;
    },
    close: () => server.close(),
  };
}
