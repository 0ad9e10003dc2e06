/** Time between two runs of the meter, in seconds. */
export const METER_SECONDS = 600;

/** Time between two runs that also look for what should not be there. Each metric that is read costs the same for any period. */
export const WATCH_SECONDS = 2 * METER_SECONDS;
