import { crc32 } from './crc32';
import { littleEndian } from './little-endian';

function bigEndian(value: number): Buffer {
  return littleEndian(value, 4).reverse();
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  return Buffer.concat([bigEndian(content.length), body, bigEndian(crc32(body))]);
}

function adler32(bytes: Uint8Array): number {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return high * 0x10000 + low;
}

/** A white square as a grey PNG of one bit a pixel. Its rows are stored, so that no version of zlib changes a byte. */
export function png(side: number): Buffer {
  const rows = Buffer.concat(Array.from({ length: side }, () => Buffer.from([0, ...Array(side / 8).fill(0xff)])));
  const size = littleEndian(rows.length, 2);
  const stored = Buffer.concat([
    Buffer.from([0x78, 0x01, 1]),
    size,
    size.map((b) => ~b),
    rows,
    bigEndian(adler32(rows)),
  ]);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.concat([bigEndian(side), bigEndian(side), Buffer.from([1, 0, 0, 0, 0])])),
    chunk('IDAT', stored),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
