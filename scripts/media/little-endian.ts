/** An unsigned number in `size` bytes, the lowest first, as Word, Excel, ZIP and GIF have them. */
export function littleEndian(value: number, size: 1 | 2 | 4): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}
