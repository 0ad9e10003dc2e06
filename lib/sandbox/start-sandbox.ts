import type { Account } from '../account/account';
import type { SystemProfileReading } from '../account/system-profile-reading';
import { answerRequests } from './answer-requests';
import { CallLog } from './call-log';
import { Credentials, type SandboxCredentials } from './credentials';
import { credentialsOf, type SessionOptions } from './credentials-of';
import { InjectedFaults } from './faults/injected-faults';
import type { Injected, Injection } from './faults/injection';
import type { SandboxCall } from './sandbox-call';
import { listenOnLoopback } from './transport/listen-on-loopback';

export interface SandboxOptions {
  /** Whose IAM is enforced. */
  readonly account: Account;
  /**
   * Which reading of the undocumented check of system-defined profiles is played.
   *
   * @default 'every' - what passes here passes under each of them
   */
  readonly reading?: SystemProfileReading;
  /**
   * The port to listen on.
   *
   * @default 0 - any free port
   */
  readonly port?: number;
  /**
   * Tells the time, for signatures, expiry and conditions.
   *
   * @default - the clock of this computer
   */
  readonly now?: () => Date;
  /**
   * What goes wrong with calls of models that IAM allows.
   *
   * @default - nothing
   */
  readonly faults?: readonly Injection[];
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** New credentials of a role session or a user; throws an Error naming what exists when the ARN is unknown. */
  credentialsFor(principalArn: string, options?: SessionOptions): SandboxCredentials;
  /** The last 10,000 calls that were decided, in order. */
  readonly calls: readonly SandboxCall[];
  /** How often each fault hit. */
  readonly injected: readonly Injected[];
  /** Stops at once: open connections are dropped. */
  close(): Promise<void>;
}

/** Starts an AWS endpoint on 127.0.0.1 that enforces the account's IAM in front of a scripted Bedrock. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { account, reading = 'every', port = 0, now = () => new Date(), faults = [] } = options;
  const credentials = new Credentials();
  const log = new CallLog();
  const injected = new InjectedFaults(faults);
  const answer = answerRequests({ account, reading, credentials, log, now, faults: injected });
  const server = await listenOnLoopback(answer, port);
  return {
    url: `http://127.0.0.1:${server.port}`,
    credentialsFor: (principalArn, session) => credentialsOf(account, credentials, now(), principalArn, session),
    get calls() {
      return log.calls;
    },
    get injected() {
      return injected.injected;
    },
    close: () => server.close(),
  };
}
