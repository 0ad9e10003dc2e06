import { REGIONS } from '../catalog/catalog';
import { didYouMean } from '../spelling/did-you-mean';
import { NotUnderstood } from './not-understood';

/**
 * Checks that Bedrock is available in a Region.
 *
 * @throws NotUnderstood for any other value, with the nearest known name
 */
export function knownRegion(region: unknown, additional: readonly string[] = []): string {
  const known = [...REGIONS, ...additional];
  if (typeof region === 'string' && known.includes(region)) {
    return region;
  }
  const hint = didYouMean(String(region), known, `; known Regions: ${known.join(', ')}`);
  throw new NotUnderstood(`'${String(region)}' is not a Region with Bedrock${hint}`);
}
