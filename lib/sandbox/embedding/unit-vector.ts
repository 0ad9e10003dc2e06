import { createHash } from 'node:crypto';

/**
 * Derives a vector of length 1 from a text.
 *
 * The same text gives the same vector, and other texts give other vectors.
 */
export function unitVector(text: string, dimensions: number): readonly number[] {
  const blocks = Array.from({ length: Math.ceil(dimensions / 8) }, (_, at) =>
    createHash('sha256').update(`${at}:`).update(text).digest(),
  );
  const bytes = Buffer.concat(blocks);
  const raw = Array.from({ length: dimensions }, (_, at) => bytes.readInt32BE(4 * at) / 2 ** 31);
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}
