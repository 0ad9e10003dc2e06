import type { Account } from '../account/account';

/** The account as the endpoints of another Region see it: with the same principals, and with no profiles of its own there. */
export function accountInRegion(account: Account, region: string): Account {
  return region === account.region ? account : { ...account, region, profiles: [] };
}
