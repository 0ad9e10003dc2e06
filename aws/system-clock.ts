import type { Clock } from './clock';

/** The part of Lambda's context that the functions use. */
export interface Context {
  getRemainingTimeInMillis(): number;
}

/** Returns the clock of a function that runs in Lambda. */
export function systemClock(context: Context | undefined): Clock {
  // The fault tests set this variable, so that they do not wait a minute for an answer that never comes.
  const attemptMilliseconds = Number(process.env['ATTEMPT_MILLISECONDS']);
  return {
    ...(attemptMilliseconds > 0 && { attemptMilliseconds }),
    now: () => Math.round(performance.now()),
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
    timeLeft: () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY,
  };
}
