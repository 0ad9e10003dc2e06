/**
 * Routings of a call. `regional` keeps the call in its source Region. Every other value is the prefix of the
 * system-defined inference profile that routes the call.
 *
 * The prefixes are those of the commercial Regions (ListInferenceProfiles in every Region, 2026-10-27).
 */
export const ROUTINGS = ['regional', 'us', 'eu', 'apac', 'jp', 'au', 'ca', 'in', 'global'] as const;

export type Routing = (typeof ROUTINGS)[number];
