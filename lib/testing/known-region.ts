import { REGIONS } from '../catalog/catalog';
import { nearest } from '../catalog/nearest';
import { NotUnderstood } from './not-understood';

/** @throws NotUnderstood for what is no Region that has Bedrock */
export function knownRegion(region: unknown, others: readonly string[] = []): string {
  const known = [...REGIONS, ...others];
  if (typeof region === 'string' && known.includes(region)) {
    return region;
  }
  const [meant] = nearest(String(region), known);
  const hint = meant === undefined ? `known are ${known.join(', ')}` : `did you mean '${meant}'?`;
  throw new NotUnderstood(`'${String(region)}' is no Region with Bedrock; ${hint}`);
}
