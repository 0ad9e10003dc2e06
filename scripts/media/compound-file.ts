import { littleEndian } from './little-endian';

const SECTOR = 512;
const END = 0xfffffffe;
const FAT = 0xfffffffd;
const FREE = 0xffffffff;

/** A stream of a compound file. */
export interface Stream {
  readonly name: string;
  readonly content: Buffer;
}

/** A stream as its sectors hold it. */
function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((SECTOR - (content.length % SECTOR)) % SECTOR)]);
}

/** A table of sector numbers, one sector long. */
function table(entries: readonly number[]): Buffer {
  return Buffer.concat(Array.from({ length: SECTOR / 4 }, (_, at) => littleEndian(entries[at] ?? FREE, 4)));
}

/** Sectors that follow each other, from `first` on. */
function chain(first: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => (at === count - 1 ? END : first + at + 1));
}

interface Entry {
  readonly name: string;
  readonly kind: 1 | 2 | 5;
  readonly left?: number;
  readonly child?: number;
  readonly classId?: string;
  readonly start: number;
  readonly size: number;
}

function entryBytes({ name, kind, left = FREE, child = FREE, classId = '00'.repeat(16), start, size }: Entry): Buffer {
  const text = Buffer.from(`${name}\0`, 'utf16le');
  return Buffer.concat([
    Buffer.concat([text, Buffer.alloc(64 - text.length)]),
    littleEndian(text.length, 2),
    // Black, of a red-black tree.
    Buffer.from([kind, 1]),
    ...[left, FREE, child].map((field) => littleEndian(field, 4)),
    Buffer.from(classId, 'hex'),
    Buffer.alloc(4 + 16),
    ...[start, size, 0].map((field) => littleEndian(field, 4)),
  ]);
}

/** In bytes: shorter streams would lie in a stream of their own, which Word and Excel avoid, and so some readers refuse. */
const SHORTEST = 4096;

/**
 * An OLE2 compound file ([MS-CFB]) of one or two streams, which must be in the order of the length of their names.
 *
 * @param classId of the program whose file it is, in the order of its bytes
 */
export function compoundFile(classId: string, streams: readonly Stream[]): Buffer {
  const contents = streams.map(({ content }) =>
    padded(Buffer.concat([content, Buffer.alloc(Math.max(0, SHORTEST - content.length))])),
  );
  // After the file allocation table, in sector 0, and the directory, in sector 1.
  const starts = contents.map((_, at) => 2 + Buffer.concat(contents.slice(0, at)).length / SECTOR);
  const last = streams.length;
  const entries: readonly Entry[] = [
    { name: 'Root Entry', kind: 5, child: last, classId, start: END, size: 0 },
    ...contents.map(
      (content, at): Entry => ({
        name: streams[at]?.name ?? '',
        kind: 2,
        ...(at === last - 1 && at > 0 && { left: at }),
        start: starts[at] ?? 0,
        size: content.length,
      }),
    ),
  ];
  const unused = Buffer.concat([Buffer.alloc(68), Buffer.alloc(12, 0xff), Buffer.alloc(48)]);
  return Buffer.concat([
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    Buffer.alloc(16),
    ...[0x3e, 3, 0xfffe, 9, 6].map((field) => littleEndian(field, 2)),
    Buffer.alloc(6),
    ...[0, 1, 1, 0, SHORTEST, END, 0, END, 0].map((field) => littleEndian(field, 4)),
    table([0]).subarray(0, 436),
    table([FAT, END, ...contents.flatMap((content, at) => chain(starts[at] ?? 0, content.length / SECTOR))]),
    ...entries.map(entryBytes),
    ...Array<Buffer>(4 - entries.length).fill(unused),
    ...contents,
  ]);
}
