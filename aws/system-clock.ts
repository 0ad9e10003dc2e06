import type { Clock } from './clock';

/** What a function needs of Lambda's context. */
export interface Context {
  getRemainingTimeInMillis(): number;
}

/** The clock of a function that runs in Lambda. */
export function systemClock(context: Context | undefined): Clock {
  // Set where faults are tried out, so that nobody waits a minute for an answer that never comes.
  const attemptMilliseconds = Number(process.env['ATTEMPT_MILLISECONDS']);
  return {
    ...(attemptMilliseconds > 0 && { attemptMilliseconds }),
    now: () => Math.round(performance.now()),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    timeLeft: () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY,
  };
}
