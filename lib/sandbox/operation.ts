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

/** What every operation reads. */
export interface World {
  readonly account: Account;
  readonly reading: SystemProfileReading;
  readonly credentials: Credentials;
  readonly promptCache: PromptCache;
  readonly now: Date;
}

/** An authenticated request on its way: what an operation may read, and where it has access decided. */
export class Operation {
  readonly world: World;
  readonly request: ReceivedRequest;
  readonly caller: Caller;
  readonly #bearer: readonly AccessRequest[];
  #decided: Omit<SandboxCall, 'service' | 'status'> | undefined;

  constructor(world: World, request: ReceivedRequest, service: string, { caller, bearer }: SignedBy) {
    this.world = world;
    this.request = request;
    this.caller = caller;
    this.#bearer = bearer ? [callWithBearerToken(service)] : [];
  }

  /** Condition keys of the caller. */
  get context(): RequestContext {
    return callerContext(this.world.account, this.caller, this.world.now);
  }

  /** What was decided, if anything was. */
  get decided(): Omit<SandboxCall, 'service' | 'status'> | undefined {
    return this.#decided;
  }

  /**
   * Throws AWS's AccessDeniedException unless IAM allows every check; the caller's keys are added to each.
   *
   * Of a call with a bearer token IAM is asked first whether the caller may make such calls at all.
   */
  authorise(operation: string, target: string, checks: readonly AccessRequest[]): void {
    const { context } = this;
    const full = [...this.#bearer, ...checks].map((check) => ({ ...check, context: { ...context, ...check.context } }));
    this.settle(operation, target, judge(this.caller, full));
  }

  /** Keeps a verdict, and throws when it is no allow. */
  settle(operation: string, target: string, verdict: Verdict): void {
    if (verdict.decision !== 'allowed') {
      throw this.deny(operation, target, verdict);
    }
    this.#decided = { operation, principal: this.caller.principal.arn, target, decision: 'allowed' };
  }

  /** Keeps a verdict that is no allow; the error to throw says which check failed and why. */
  deny(operation: string, target: string, { decision, check, because }: Denial): AwsError {
    const { action, resource } = check;
    const principal = this.caller.principal.arn;
    this.#decided = { operation, principal, target, decision, deniedAction: action, deniedResource: resource };
    return new AwsError(
      403,
      'AccessDeniedException',
      `User: ${this.caller.arn} is not authorized to perform: ${action} on resource: ${resource}${because}`,
    );
  }
}

/** Of a short-term key: what is asked of it by Bedrock and, with keys and an action of its own, by bedrock-mantle. */
function callWithBearerToken(service: string): AccessRequest {
  return {
    action: `${service}:CallWithBearerToken`,
    resource: '*',
    context: { [`${service}:BearerTokenType`]: ['SHORT_TERM'] },
  };
}

/** Answers one service's requests. */
export type Serve = (operation: Operation) => Reply;
