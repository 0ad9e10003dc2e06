import type { Account } from '../account/account';
import type { Credentials, SandboxCredentials } from './credentials';
import { sessionCaller, userCaller } from './identify';

export interface SessionOptions {
  /**
   * Name of the role session.
   *
   * @default 'sandbox'
   */
  readonly sessionName?: string;
  /**
   * Duration of the session, in seconds.
   *
   * @default 43200 - twelve hours, the maximum
   */
  readonly seconds?: number;
}

const MAX_SESSION_SECONDS = 43_200;

/** Issues credentials without a call of AssumeRole: those of a role session, or a user's access key. */
export function issueCredentials(
  account: Account,
  credentials: Credentials,
  now: Date,
  principalArn: string,
  { sessionName = 'sandbox', seconds = MAX_SESSION_SECONDS }: SessionOptions = {},
): SandboxCredentials {
  const principal = account.principals.find(({ arn }) => arn === principalArn);
  if (principal === undefined) {
    const known = account.principals.map(({ arn }) => arn).join(', ');
    throw new Error(`this account has no principal ${principalArn}; its principals: ${known === '' ? 'none' : known}`);
  }
  if (principal.kind === 'user') {
    return credentials.issue(userCaller(principal));
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new Error(`sessionName must be 2 to 64 of letters, digits and _+=,.@-, got '${sessionName}'`);
  }
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_SESSION_SECONDS) {
    throw new Error(`seconds must be an integer from 1 to ${MAX_SESSION_SECONDS}, got ${seconds}`);
  }
  const expiration = new Date(now.getTime() + seconds * 1000);
  return credentials.issue(sessionCaller(account, principal, sessionName, now), expiration);
}
