/** Runs a task as soon as fewer than the limit are running; tasks begin in the order in which they came. */
export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

/** A limiter that lets `limit` tasks run at a time. */
export function atMost(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) {
      // The task that ends hands its place over, so that `running` stays as it is.
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
