import type { Account } from '../account/account';
import type { SystemProfileReading } from '../account/system-profile-reading';
import { REGIONS } from '../catalog/catalog';
import { accountInRegion } from './account-in-region';
import { AwsError } from './aws-error';
import type { CallLog } from './call-log';
import { PromptCache } from './converse/prompt-cache';
import type { Credentials } from './credentials';
import { selectEndpoint } from './endpoint';
import { FAULTED_OPERATIONS } from './faults/fault';
import type { InjectedFaults } from './faults/injected-faults';
import { Operation } from './operation';
import { authenticate } from './signature/authenticate';
import { authenticateWebToken } from './sts/authenticate-web-token';
import type { Issuers } from './sts/web-token';
import type { Answer } from './transport/exchange';
import type { Reply } from './transport/reply';

export interface AnswerOptions {
  readonly account: Account;
  readonly reading: SystemProfileReading;
  readonly credentials: Credentials;
  readonly log: CallLog;
  readonly now: () => Date;
  readonly faults: InjectedFaults;
  /**
   * Public keys of the issuers of tokens.
   *
   * @default - no token is accepted
   */
  readonly issuers?: Issuers;
}

/**
 * Returns the function that answers every request.
 *
 * It selects the service, authenticates the caller, lets the service answer, and logs the access decision.
 */
export function answerRequests({
  account,
  reading,
  credentials,
  log,
  now: clock,
  faults,
  issuers,
}: AnswerOptions): Answer {
  const promptCache = new PromptCache();
  return async (request) => {
    const now = clock();
    const { service, everyRegion, serve, refuse } = selectEndpoint(request);
    const regions = everyRegion ? [account.region, ...REGIONS] : [account.region];
    const attempt = async (work: () => Reply | Promise<Reply>): Promise<Reply> => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof AwsError) {
          return refuse(error, request.id);
        }
        throw error;
      }
    };
    return attempt(async () => {
      const signedBy =
        authenticateWebToken(request, account, issuers ?? new Map(), now) ??
        (await authenticate(request, { credentials, regions, service, bearerTokens: everyRegion, now }));
      const regionalAccount = accountInRegion(account, signedBy.region);
      const state = { account: regionalAccount, reading, credentials, promptCache, now };
      const operation = new Operation(state, request, service, signedBy);
      const served = await attempt(() => serve(operation));
      const { decidedCall } = operation;
      if (decidedCall === undefined) {
        return served;
      }
      const faulted = FAULTED_OPERATIONS.find(
        (name) => name === decidedCall.operation && decidedCall.decision === 'allowed',
      );
      if (faulted === undefined) {
        log.add({ service, ...decidedCall, status: served.status });
        return served;
      }
      const call = { operation: faulted, target: decidedCall.target, caller: signedBy.caller.arn, body: request.body };
      const { reply, faults: injected } = faults.inject(served, call);
      log.add({ service, ...decidedCall, status: reply.status, ...(injected.length > 0 && { faults: injected }) });
      return reply;
    });
  };
}
