import type { Price } from '../../lib/catalog/foundation-model';
import type { Aliases } from '../aliases/aliases';

/** An application inference profile with the application and the alias that its calls count for. */
export interface MeteredProfile {
  /** Last part of the profile's ARN, the only part that CloudWatch uses. */
  readonly id: string;
  readonly application: string;
  readonly alias: string;
  /** List price. If it is unknown, so is the cost. */
  readonly price: Price | undefined;
}

/** List prices of the models that the environment's profiles call, keyed by `MODEL ROUTING`. */
export type Prices = Readonly<Record<string, Price>>;

/**
 * Returns the profile of every generation of every alias. For an unreadable alias it is the served profile, without a
 * price.
 */
export function meteredProfiles({ readable, unreadable }: Aliases, prices: Prices): readonly MeteredProfile[] {
  return [
    ...readable.flatMap(({ application, alias, generations }) =>
      generations.map(({ profileArn, modelId, routing }) => ({
        ...{ id: shortId(profileArn), application, alias },
        price: prices[`${modelId} ${routing}`],
      })),
    ),
    ...unreadable
      .filter(({ profileArn }) => profileArn !== '')
      .map(({ application, alias, profileArn }) => ({
        ...{ id: shortId(profileArn), application, alias },
        price: undefined,
      })),
  ];
}

function shortId(profileArn: string): string {
  return profileArn.slice(profileArn.lastIndexOf('/') + 1);
}
