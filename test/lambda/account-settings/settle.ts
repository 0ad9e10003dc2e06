import type { Clock } from '../../../aws/clock';
import { answerRequest } from '../../../lambda/account-settings/answer-request';
import { resourceRequest } from '../verify/resource-request';
import { AccountServer, type Told } from './account-server';

/** What CloudFormation asks in a test: of the resource's own properties, and what is left as it is for a create. */
export interface Asked {
  readonly RequestType?: 'Create' | 'Update' | 'Delete';
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: Readonly<Record<string, unknown>>;
}

/** An account for the tests of one file, and CloudFormation asking the function of one of its resources. */
export interface Around {
  readonly account: AccountServer;
  /** Milliseconds that the function has waited so far. */
  readonly waited: () => number;
  /** Asks by the real SDK, and gives what CloudFormation was told: once, always. */
  ask(asked: Asked, timeLeft?: number): Promise<Told>;
}

/** Real time, but nobody waits between attempts: what is slept is added to the clock. */
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

export function aroundAccount(ResourceType: string): Around {
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
    async ask(asked, timeLeft = 180_000) {
      clock = skippingClock(timeLeft);
      const before = account.told.length;
      const request = { ...resourceRequest(asked), ResourceType, ResponseURL: `${account.url}/answer?Signature=s` };
      await answerRequest(request, clock);
      const [told, ...more] = account.told.slice(before);
      if (told === undefined || more.length > 0) {
        throw new Error(`CloudFormation was answered ${more.length + (told === undefined ? 0 : 1)} times`);
      }
      return told;
    },
  };
}
