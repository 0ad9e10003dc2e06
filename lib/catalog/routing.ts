/** The Regions that a call may reach: its source Region, the Regions of one geography, or every commercial Region. */
export type Reach = 'region' | 'geography' | 'world';

/**
 * Routings of a call. `regional` keeps the call in its source Region. Every other value is the prefix of the
 * system-defined inference profile that routes the call.
 *
 * The prefixes are those of the commercial Regions (ListInferenceProfiles in every Region, 2026-10-27).
 */
const REACH = {
  regional: 'region',
  us: 'geography',
  eu: 'geography',
  apac: 'geography',
  jp: 'geography',
  au: 'geography',
  ca: 'geography',
  in: 'geography',
  global: 'world',
} as const satisfies Readonly<Record<string, Reach>>;

export type Routing = keyof typeof REACH;

export const ROUTINGS = Object.keys(REACH) as readonly Routing[];

export function reachOf(routing: Routing): Reach {
  return REACH[routing];
}
