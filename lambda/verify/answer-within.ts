import type { VerificationResult } from './result';

/**
 * Maximum length of an answer, in bytes. A waiting caller receives at most 6 MB, and a task of Step Functions, which
 * makes the scheduled runs, at most 256 KB (Lambda and Step Functions quotas, read November 2026).
 */
export const MAX_BYTES = { waiting: 5_500_000, scheduled: 200_000 } as const;

/**
 * Shortens a result that is too long for an answer. It then holds only probes that are not as intended, as many as fit,
 * and a sentence about the omitted ones. A shorter result stays as it is.
 */
export function answerWithin(result: VerificationResult, most: number): VerificationResult {
  const { probes } = result;
  const bytes = probes.map((probe) => Buffer.byteLength(JSON.stringify(probe)) + 1);
  if (bytes.reduce((sum, n) => sum + n, 0) <= most) {
    return result;
  }
  let room = most;
  const kept = probes.filter(({ asIntended }, i) => {
    const fits = !asIntended && (bytes[i] ?? 0) <= room;
    room -= fits ? (bytes[i] ?? 0) : 0;
    return fits;
  });
  const omitted = `${probes.length - kept.length} of ${probes.length} results are omitted, because an answer has at most ${most} bytes`;
  return { ...result, probes: kept, shortened: `${omitted}; the log of the function has every result` };
}
