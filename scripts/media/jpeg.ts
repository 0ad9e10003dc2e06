function segment(marker: number, content: readonly number[]): Buffer {
  const length = content.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 0xff, ...content]);
}

/** A Huffman table of one code, a single 0 bit, for the symbol 0. */
const oneCode = (number: number): Buffer => segment(0xc4, [number, 1, ...Array(15).fill(0), 0]);

/**
 * A grey square as a baseline JPEG of three components.
 *
 * Grey is 0 in every coefficient, so each block of 8 by 8 pixels is two codes: no change, and end of block.
 */
export function jpeg(side: number): Buffer {
  const components = [1, 2, 3];
  const blocks = (side / 8) ** 2 * components.length;
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, [...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]),
    segment(0xdb, [0, ...Array(64).fill(1)]),
    segment(0xc0, [8, 0, side, 0, side, components.length, ...components.flatMap((id) => [id, 0x11, 0])]),
    oneCode(0x00),
    oneCode(0x10),
    segment(0xda, [components.length, ...components.flatMap((id) => [id, 0]), 0, 63, 0]),
    Buffer.alloc((blocks * 2) / 8),
    Buffer.from([0xff, 0xd9]),
  ]);
}
