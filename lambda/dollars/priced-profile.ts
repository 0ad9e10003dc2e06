import type { Price } from '../../lib/catalog/foundation-model';
import type { Aliases } from '../aliases/aliases';
import type { Prices } from './prices';

/** An application inference profile, and the application and alias that its calls count for. */
export interface PricedProfile {
  /** Last part of the profile's ARN, the only part that CloudWatch uses. */
  readonly id: string;
  readonly application: string;
  readonly alias: string;
  /** List price. If it is unknown, so is the cost. */
  readonly price: Price | undefined;
}

/**
 * Returns the profile of every generation of every alias. For an unreadable alias it is the served profile, without a
 * price.
 *
 * A profile that several parameters name counts once, for the first alias by name. The others are logged.
 */
export function pricedProfiles(
  { readable, unreadable }: Aliases,
  prices: Prices,
  log: (line: string) => void,
): readonly PricedProfile[] {
  const profiles = new Map<string, PricedProfile>();
  const add = (profile: PricedProfile): void => {
    const first = profiles.get(profile.id);
    if (first === undefined) {
      profiles.set(profile.id, profile);
    } else if (first.application !== profile.application || first.alias !== profile.alias) {
      const { id, application, alias } = profile;
      log(
        JSON.stringify({
          profile: id,
          countsFor: `${first.application}/${first.alias}`,
          not: `${application}/${alias}`,
        }),
      );
    }
  };
  for (const { application, alias, generations } of readable) {
    for (const { profileArn, modelId, routing } of generations) {
      add({ id: shortId(profileArn), application, alias, price: prices[`${modelId} ${routing}`] });
    }
  }
  for (const { application, alias, profileArn } of unreadable) {
    if (profileArn !== '') {
      add({ id: shortId(profileArn), application, alias, price: undefined });
    }
  }
  return [...profiles.values()];
}

function shortId(profileArn: string): string {
  return profileArn.slice(profileArn.lastIndexOf('/') + 1);
}
