/** Runs each task as soon as fewer tasks than the limit are running. Tasks begin in the order of the calls. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** Returns a limiter that runs at most `limit` tasks at a time. */
export function atMost(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) {
      // A task that ends passes its place to the next one, so `running` does not change.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) {
        running--;
      } else {
        next();
      }
    }
  };
}
