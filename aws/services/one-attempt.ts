/**
 * Limits an SDK client to one attempt, because the functions retry by themselves and a second layer would multiply the
 * calls. Both options are set here: otherwise AWS_MAX_ATTEMPTS and AWS_RETRY_MODE apply, and the mode `adaptive` delays
 * even first attempts.
 */
export const ONE_ATTEMPT = { maxAttempts: 1, retryMode: 'standard' } as const;
