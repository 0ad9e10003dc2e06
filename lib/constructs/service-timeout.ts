/**
 * Seconds that CloudFormation waits for an answer. The function ends after 900 s and reserves time within them to
 * answer.
 */
export const SERVICE_TIMEOUT_SECONDS = 960;
