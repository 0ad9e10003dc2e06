import type { Clock } from '../../../aws/clock';

export interface VirtualTimeOptions {
  /** Returns a random number from 0 up to, but not including, 1. */
  readonly random: () => number;
  /**
   * Milliseconds until the run is ended from outside.
   *
   * @default 600000
   */
  readonly timeLeft?: number;
}

/** A clock whose time advances only while all tasks wait. */
export interface VirtualClock extends Clock {
  /** Durations of all calls of `sleep`, in order. */
  readonly slept: readonly number[];
}

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/**
 * Does `work` in virtual time, in which waits take no real time. Meanwhile `setTimeout` is virtual as
 * well, so that the limit of an attempt passes by the same clock as the waits between attempts.
 *
 * @throws Error when all tasks wait and no timer is set
 */
export async function inVirtualTime<T>(
  { random, timeLeft = 600_000 }: VirtualTimeOptions,
  work: (clock: VirtualClock) => Promise<T>,
): Promise<T> {
  const timers = new Set<Timer>();
  const slept: number[] = [];
  let now = 0;
  const set = (wake: () => void, milliseconds = 0): Timer => {
    const timer = { at: now + Math.max(0, milliseconds), wake };
    timers.add(timer);
    return timer;
  };
  const { setTimeout, clearTimeout } = globalThis;
  Object.assign(globalThis, { setTimeout: set, clearTimeout: (timer: Timer) => void timers.delete(timer) });
  try {
    let ended = false;
    const result = work({
      slept,
      now: () => now,
      sleep: (milliseconds) => {
        slept.push(milliseconds);
        return new Promise((resolve) => void set(resolve, milliseconds));
      },
      random,
      timeLeft: () => timeLeft - now,
    }).finally(() => {
      ended = true;
    });
    result.catch(() => undefined);
    for (;;) {
      // All tasks of the current moment run before time advances.
      await new Promise(setImmediate);
      if (ended) {
        return await result;
      }
      const next = [...timers].reduce<Timer | undefined>((a, b) => (a === undefined || b.at < a.at ? b : a), undefined);
      if (next === undefined) {
        throw new Error('all tasks wait, but no timer is set');
      }
      timers.delete(next);
      now = next.at;
      next.wake();
    }
  } finally {
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}
