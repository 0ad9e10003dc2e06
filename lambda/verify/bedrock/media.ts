import { inflateRawSync } from 'node:zlib';
import { LENGTHS, PACKED } from './media-pack';

export type MediaFormat = keyof typeof LENGTHS;

/** Returns a small valid file of this format. */
export function mediaFile(format: MediaFormat): Uint8Array {
  const formats = Object.keys(LENGTHS) as MediaFormat[];
  const start = formats.slice(0, formats.indexOf(format)).reduce((sum, before) => sum + LENGTHS[before], 0);
  return inflateRawSync(Buffer.from(PACKED, 'base64')).subarray(start, start + LENGTHS[format]);
}
