import { BitWriter } from './bit-writer';
import { littleEndian } from './little-endian';

const CODE_BITS = 2;
const CLEAR = 2 ** CODE_BITS;

/**
 * LZW of `count` pixels of colour 0.
 *
 * Of one colour every code stands for a run: 0 for one pixel, and each new code for a run one longer than the last.
 */
function runs(count: number): Buffer {
  const writer = new BitWriter();
  let bits = CODE_BITS + 1;
  writer.write(CLEAR, bits);
  let next = CLEAR + 2;
  let left = count;
  for (let run = 1; left > 0; run++) {
    const code = run === 1 || left < run ? 0 : next;
    writer.write(code, bits);
    left -= code === 0 ? 1 : run;
    next += run === 1 ? 0 : 1;
    if (next === 2 ** bits) {
      bits += 1;
    }
  }
  writer.write(CLEAR + 1, bits);
  return writer.bytes();
}

/** A white square as a GIF89a of two colours. */
export function gif(side: number): Buffer {
  const pixels = runs(side * side);
  const size = Buffer.concat([littleEndian(side, 2), littleEndian(side, 2)]);
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    size,
    Buffer.from([0x80, 0, 0, 255, 255, 255, 0, 0, 0]),
    Buffer.concat([Buffer.from([0x2c, 0, 0, 0, 0]), size, Buffer.from([0])]),
    Buffer.from([CODE_BITS, pixels.length]),
    pixels,
    Buffer.from([0, 0x3b]),
  ]);
}
