import type { Price } from '../../lib/catalog/foundation-model';
import type { Aliases } from '../aliases/aliases';

/** An application inference profile, and whom its calls are counted for. */
export interface MeteredProfile {
  /** The last part of its ARN: CloudWatch knows it by that alone. */
  readonly id: string;
  readonly application: string;
  readonly alias: string;
  /** Where it is not known, dollars are not either. */
  readonly price: Price | undefined;
}

/** List prices of what the environment's profiles call, by `MODEL ROUTING`. */
export type Prices = Readonly<Record<string, Price>>;

/** Every generation of every alias. Of an alias that cannot be read, the profile that it serves, without a price. */
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
