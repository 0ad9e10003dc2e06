import { createHash, timingSafeEqual } from 'node:crypto';

/** True when two texts are equal. The comparison takes the same time wherever they differ. */
export function sameText(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
