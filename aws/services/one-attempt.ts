/**
 * One attempt: functions have their own retry, and a second layer would multiply its calls. Both are said here, because
 * AWS_MAX_ATTEMPTS and AWS_RETRY_MODE count otherwise, and the mode `adaptive` holds even first attempts back.
 */
export const ONE_ATTEMPT = { maxAttempts: 1, retryMode: 'standard' } as const;
