import type { Account } from '../account/account';
import type { SystemProfileReading } from '../account/system-profile-reading';
import type { AccessRequest, RequestContext } from '../iam/match/access-request';
import { AwsError } from './aws-error';
import type { Caller } from './caller';
import { callerContext } from './caller-context';
import type { PromptCache } from './converse/prompt-cache';
import type { Credentials } from './credentials';
import type { SandboxCall } from './sandbox-call';
import type { SignedBy } from './signature/signed-by';
import type { ReceivedRequest } from './transport/received-request';
import type { Reply } from './transport/reply';
import { type Denial, judge, type Verdict } from './verdict';

/** The state that every operation reads. */
export interface SandboxState {
  readonly account: Account;
  readonly reading: SystemProfileReading;
  readonly credentials: Credentials;
  readonly promptCache: PromptCache;
  readonly now: Date;
}

/** An authenticated request. An operation reads it and asks it to decide access. */
export class Operation {
  readonly state: SandboxState;
  readonly request: ReceivedRequest;
  readonly caller: Caller;
  readonly #bearer: readonly AccessRequest[];
  #decidedCall: Omit<SandboxCall, 'service' | 'status'> | undefined;

  constructor(state: SandboxState, request: ReceivedRequest, service: string, { caller, bearer }: SignedBy) {
    this.state = state;
    this.request = request;
    this.caller = caller;
    this.#bearer = bearer ? [callWithBearerToken(service)] : [];
  }

  /** Condition keys about the caller. */
  get context(): RequestContext {
    return callerContext(this.state.account, this.caller, this.state.now);
  }

  /** The call with its access decision, once access has been decided. */
  get decidedCall(): Omit<SandboxCall, 'service' | 'status'> | undefined {
    return this.#decidedCall;
  }

  /**
   * Throws AWS's AccessDeniedException unless IAM allows every check. Each check gets the caller's condition keys.
   *
   * For a call with a bearer token, IAM first decides whether the caller may use bearer tokens at all.
   */
  authorise(operation: string, target: string, checks: readonly AccessRequest[]): void {
    const { context } = this;
    const full = [...this.#bearer, ...checks].map((check) => ({ ...check, context: { ...context, ...check.context } }));
    this.settle(operation, target, judge(this.caller, full));
  }

  /** Records a verdict, and throws unless it allows the call. */
  settle(operation: string, target: string, verdict: Verdict): void {
    if (verdict.decision !== 'allowed') {
      throw this.deny(operation, target, verdict);
    }
    this.#decidedCall = { operation, principal: this.caller.principal.arn, target, decision: 'allowed' };
  }

  /** Records a denial, and returns the error that says which check failed and why. */
  deny(operation: string, target: string, { decision, check, reason }: Denial): AwsError {
    const { action, resource } = check;
    const principal = this.caller.principal.arn;
    this.#decidedCall = { operation, principal, target, decision, deniedAction: action, deniedResource: resource };
    return new AwsError(
      403,
      'AccessDeniedException',
      `User: ${this.caller.arn} is not authorized to perform: ${action} on resource: ${resource}${reason}`,
    );
  }
}

/** Returns the check for a short-term API key. Bedrock and bedrock-mantle have separate actions and condition keys. */
function callWithBearerToken(service: string): AccessRequest {
  return {
    action: `${service}:CallWithBearerToken`,
    resource: '*',
    context: { [`${service}:BearerTokenType`]: ['SHORT_TERM'] },
  };
}

/** Answers one service's requests. */
export type Serve = (operation: Operation) => Reply;
