import { findModel, routingsFrom } from '../catalog/catalog';
import type { FoundationModel } from '../catalog/foundation-model';
import type { Routing } from '../catalog/routing';
import type { Account } from './account';

/** A system-defined inference profile, as the account's Region has it. */
export interface SystemProfile {
  /** Such as `us.amazon.nova-lite-v1:0`. */
  readonly id: string;
  readonly arn: string;
  readonly model: FoundationModel;
  readonly routing: Routing;
}

function arnPrefix({ partition, region, accountId }: Account): string {
  return `arn:${partition}:bedrock:${region}:${accountId}:inference-profile/`;
}

/** The system-defined profile of this id or ARN, or `undefined` when the account's Region has none such. */
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
