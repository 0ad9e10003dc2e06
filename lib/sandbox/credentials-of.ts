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
   * How long the session lasts.
   *
   * @default 43200 - twelve hours, the longest
   */
  readonly seconds?: number;
}

const LONGEST = 43_200;

/** Credentials without AssumeRole: those that a session would have got, or a user's access key. */
export function credentialsOf(
  account: Account,
  credentials: Credentials,
  now: Date,
  principalArn: string,
  { sessionName = 'sandbox', seconds = LONGEST }: SessionOptions = {},
): SandboxCredentials {
  const principal = account.principals.find(({ arn }) => arn === principalArn);
  if (principal === undefined) {
    const known = account.principals.map(({ arn }) => arn).join(', ');
    throw new Error(`no principal ${principalArn} in this account; there are: ${known === '' ? 'none' : known}`);
  }
  if (principal.kind === 'user') {
    return credentials.issue(userCaller(principal));
  }
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    throw new Error(`sessionName must be 2 to 64 of letters, digits and _+=,.@-, got '${sessionName}'`);
  }
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST) {
    throw new Error(`seconds must be an integer from 1 to ${LONGEST}, got ${seconds}`);
  }
  const expiration = new Date(now.getTime() + seconds * 1000);
  return credentials.issue(sessionCaller(account, principal, sessionName, now), expiration);
}
