import type { Clock } from '../../../aws/clock';
import { answerRequest } from '../../../lambda/account-settings/answer-request';
import { waitingFor } from '../custom-resource/described-resource';
import { resourceRequest } from '../verify/resource-request';
import { AccountServer, type ReceivedAnswer } from './account-server';

/** Fields of CloudFormation's request that a test sets. The others are those of a creation. */
export interface RequestFields {
  readonly RequestType?: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
}

/** An account for the tests of one file, in which CloudFormation calls the function for a resource. */
export interface AccountUnderTest {
  readonly account: AccountServer;
  /** Returns the time that the function has waited so far, in milliseconds. */
  readonly waited: () => number;
  /** Sends a request to the function, which uses the real SDK. Returns the one answer that CloudFormation received. */
  ask(fields: RequestFields, timeLeft?: number): Promise<ReceivedAnswer>;
}

/** A clock of real time that skips the waits between attempts by advancing. */
function skippingClock(timeLeft: number): Clock & { readonly waited: () => number } {
  let slept = 0;
  const started = performance.now();
  const now = (): number => Math.round(performance.now() - started) + slept;
  return {
    waited: () => slept,
    attemptMilliseconds: 500,
    now,
    sleep: async (milliseconds) => {
      slept += milliseconds;
    },
    random: () => 0.5,
    timeLeft: () => timeLeft - now(),
  };
}

/** Stack of the account's settings. */
export const FOUNDATION =
  'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--Foundation/c2f4ef60-c6ee-11f0-9e1a-0affc1a3a1bd';

export function useAccount(ResourceType: string): AccountUnderTest {
  const account = new AccountServer();
  let clock = skippingClock(0);
  beforeAll(async () => {
    await account.start();
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: account.url,
      AWS_LAMBDA_FUNCTION_NAME: 'dev_account-settings',
      OWN_STACKS: 'arn:aws:cloudformation:us-east-1:111122223333:stack/dev--Foundation/*',
    });
    jest.spyOn(console, 'log').mockImplementation(() => undefined);
  });
  beforeEach(() => account.reset());
  afterAll(() => {
    jest.restoreAllMocks();
    account.stop();
  });
  return {
    account,
    waited: () => clock.waited(),
    async ask(fields, timeLeft = 180_000) {
      clock = skippingClock(timeLeft);
      const before = account.received.length;
      const request = {
        ...resourceRequest({ StackId: FOUNDATION, ...fields }),
        ResourceType,
        ResponseURL: `${account.url}/answer?Signature=s`,
      };
      account.resource = waitingFor(request, ResourceType);
      await answerRequest(request, clock);
      const [received, ...more] = account.received.slice(before);
      if (received === undefined || more.length > 0) {
        throw new Error(
          `CloudFormation received ${more.length + (received === undefined ? 0 : 1)} answers instead of one`,
        );
      }
      return received;
    },
  };
}
