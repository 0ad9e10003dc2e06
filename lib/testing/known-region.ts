import { REGIONS } from '../catalog/catalog';
import { nearest } from '../catalog/nearest';
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
  const [suggestion] = nearest(String(region), known);
  const hint = suggestion === undefined ? `known Regions: ${known.join(', ')}` : `did you mean '${suggestion}'?`;
  throw new NotUnderstood(`'${String(region)}' is not a Region with Bedrock; ${hint}`);
}
