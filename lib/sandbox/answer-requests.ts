import type { Account } from '../account/account';
import type { SystemProfileReading } from '../account/system-profile-reading';
import { REGIONS } from '../catalog/catalog';
import { accountInRegion } from './account-in-region';
import { AwsError } from './aws-error';
import type { CallLog } from './call-log';
import { PromptCache } from './converse/prompt-cache';
import type { Credentials } from './credentials';
import { endpointOf } from './endpoint';
import { FAULTED_OPERATIONS } from './faults/fault';
import type { InjectedFaults } from './faults/injected-faults';
import { Operation } from './operation';
import { authenticate } from './signature/authenticate';
import type { Answer } from './transport/exchange';
import type { Reply } from './transport/reply';

export interface Answering {
  readonly account: Account;
  readonly reading: SystemProfileReading;
  readonly credentials: Credentials;
  readonly log: CallLog;
  readonly now: () => Date;
  readonly faults: InjectedFaults;
}

/** Answers requests: finds the endpoint they mean, who signed them, and has the service answer; keeps what was decided. */
export function answerRequests({ account, reading, credentials, log, now: clock, faults }: Answering): Answer {
  const promptCache = new PromptCache();
  return async (request) => {
    const now = clock();
    const { service, everyRegion, serve, refuse } = endpointOf(request);
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
      const signedBy = await authenticate(request, { credentials, regions, service, bearerTokens: everyRegion, now });
      const here = accountInRegion(account, signedBy.region);
      const world = { account: here, reading, credentials, promptCache, now };
      const operation = new Operation(world, request, service, signedBy);
      const served = await attempt(() => serve(operation));
      const { decided } = operation;
      if (decided === undefined) {
        return served;
      }
      const faulted = FAULTED_OPERATIONS.find((name) => name === decided.operation && decided.decision === 'allowed');
      if (faulted === undefined) {
        log.add({ service, ...decided, status: served.status });
        return served;
      }
      const call = { operation: faulted, target: decided.target, caller: signedBy.caller.arn, body: request.body };
      const { reply, faults: met } = faults.play(served, call);
      log.add({ service, ...decided, status: reply.status, ...(met.length > 0 && { faults: met }) });
      return reply;
    });
  };
}
