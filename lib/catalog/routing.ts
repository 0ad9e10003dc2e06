/**
 * Where a call may land: in its own Region only, or where the system-defined inference profile with this prefix routes it.
 *
 * The prefixes are those of commercial Regions (ListInferenceProfiles in every Region, 2026-10-27).
 */
export const ROUTINGS = ['regional', 'us', 'eu', 'apac', 'jp', 'au', 'ca', 'in', 'global'] as const;

export type Routing = (typeof ROUTINGS)[number];
