import type { Clock } from '../../lambda/clock';

/** The clock of this machine, for work that nothing ends from outside but the person who waits for it. */
export const REAL_CLOCK: Clock = {
  now: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
  timeLeft: () => Number.POSITIVE_INFINITY,
  attemptMilliseconds: 30_000,
};
