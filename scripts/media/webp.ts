import { BitWriter } from './bit-writer';
import { littleEndian } from './little-endian';

/** Green, red, blue, alpha, distance: the order of the prefix codes. */
const WHITE = [255, 255, 255, 255, 0];

/** A white square as a lossless WebP (WebP Lossless Bitstream Specification): codes of one symbol, pixels of no bits. */
export function webp(side: number): Buffer {
  const writer = new BitWriter();
  writer.write(0x2f, 8);
  writer.write(side - 1, 14);
  writer.write(side - 1, 14);
  // No alpha, version 0, no transform, no colour cache, one group of prefix codes.
  writer.write(0, 1 + 3 + 1 + 1 + 1);
  for (const symbol of WHITE) {
    // A simple code, of one symbol, of 8 bits.
    writer.write(0b101, 3);
    writer.write(symbol, 8);
  }
  const stream = writer.bytes();
  const padded = Buffer.concat([stream, Buffer.alloc(stream.length % 2)]);
  return Buffer.concat([
    Buffer.from('RIFF', 'latin1'),
    littleEndian(12 + padded.length, 4),
    Buffer.from('WEBPVP8L', 'latin1'),
    littleEndian(stream.length, 4),
    padded,
  ]);
}
