/**
 * Service tiers that a request can name (Bedrock API reference, `ServiceTier`, read 2026-12-01). A request that names
 * none gets `default`, and then `bedrock:ServiceTier` is absent.
 */
export const SERVICE_TIERS = ['default', 'flex', 'priority', 'reserved'] as const;

export type ServiceTier = (typeof SERVICE_TIERS)[number];

/** Returns a tier that is not among `tiers`, the dearest first. Returns `undefined` if all tiers are. */
export function tierBeside(tiers: readonly string[]): ServiceTier | undefined {
  return (['priority', 'flex', 'reserved'] as const).find((tier) => !tiers.includes(tier));
}
