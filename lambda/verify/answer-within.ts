import type { VerificationResult } from './result';

/**
 * The most bytes that an answer may have. A caller that waits gets at most 6 MB, a task of Step Functions 256 KB (Lambda
 * and Step Functions quotas, read November 2026); the scheduled run has no other reader.
 */
export const MOST_BYTES = { waiting: 5_500_000, scheduled: 200_000 } as const;

/**
 * The result as it is, or, where that is too long for an answer, what of it is not as intended, as far as it fits, with a
 * sentence that says so.
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
  const left = `${probes.length - kept.length} of ${probes.length} results are left out, since an answer is at most ${most} bytes`;
  return { ...result, probes: kept, shortened: `${left}; the log of the function has every result` };
}
