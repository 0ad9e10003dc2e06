import { regionalArn } from '../catalog/arn';
import { findModel, routingsFrom } from '../catalog/catalog';
import type { FoundationModel } from '../catalog/foundation-model';
import type { Routing } from '../catalog/routing';
import type { Account } from './account';

/** A system-defined inference profile in the account's Region. */
export interface SystemProfile {
  /** Profile id, such as `us.amazon.nova-lite-v1:0`. */
  readonly id: string;
  readonly arn: string;
  readonly model: FoundationModel;
  readonly routing: Routing;
}

function arnPrefix({ partition, region, accountId }: Account): string {
  return regionalArn({ partition, region, account: accountId }, 'bedrock', 'inference-profile/');
}

/**
 * Finds the system-defined profile with this id or ARN. Returns `undefined` when the account's Region does not have it.
 */
export function findSystemProfile(account: Account, idOrArn: string): SystemProfile | undefined {
  const prefix = arnPrefix(account);
  const id = idOrArn.startsWith(prefix) ? idOrArn.slice(prefix.length) : idOrArn;
  const dot = id.indexOf('.');
  const model = findModel(id.slice(dot + 1));
  if (dot === -1 || model === undefined) {
    return undefined;
  }
  const routing = routingsFrom(model, account.region).find((r) => r !== 'regional' && r === id.slice(0, dot));
  return routing === undefined ? undefined : { id, arn: `${prefix}${id}`, model, routing };
}
