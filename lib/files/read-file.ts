import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { FileError, fileError } from './file-error';

export interface FileLimits {
  /** Maximum size in bytes. A larger file is refused before it is read. */
  readonly maxBytes: number;
  /**
   * True to refuse a symbolic link at the end of the path. Its target may be a secret that a message would quote.
   *
   * @default false
   */
  readonly refuseLinks?: boolean;
}

const CHUNK = 64 * 1024;

/**
 * Reads a file that somebody else may have written. Every file from outside is read here.
 *
 * Only a regular file is opened, because a FIFO would block the command and a device may never end.
 *
 * @throws FileError whose message continues a sentence that begins with the file's name
 */
export function readFile(path: string, { maxBytes, refuseLinks = false }: FileLimits): Buffer {
  try {
    // Opening some devices has an effect, so the kind of the file is looked at before it is opened.
    requireRegular((refuseLinks ? lstatSync : statSync)(path), maxBytes);
    const noFollow = refuseLinks ? constants.O_NOFOLLOW : 0;
    // O_NONBLOCK: the file may have been replaced by a FIFO since.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | noFollow);
    try {
      requireRegular(fstatSync(descriptor), maxBytes);
      return readAll(descriptor, maxBytes);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ELOOP'
      ? new FileError('ELOOP', 'is part of a loop of symbolic links')
      : fileError(error, 'read');
  }
}

/** Reads to the end. The size of a file is no promise: it may grow, and files in `/proc` have the size 0. */
function readAll(descriptor: number, maxBytes: number): Buffer {
  const chunks: Buffer[] = [];
  for (let total = 0; ; ) {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const bytes = readSync(descriptor, chunk);
    if (bytes === 0) {
      return Buffer.concat(chunks);
    }
    total += bytes;
    if (total > maxBytes) {
      throw new FileError('REFUSED', `has more than ${maxBytes} bytes, which is the most that is read`);
    }
    chunks.push(chunk.subarray(0, bytes));
  }
}

function requireRegular(stats: Stats, maxBytes: number): void {
  if (!stats.isFile()) {
    throw new FileError('REFUSED', `is ${kindOf(stats)}; only a regular file is read`);
  }
  if (stats.size > maxBytes) {
    throw new FileError('REFUSED', `has ${stats.size} bytes; at most ${maxBytes} are read`);
  }
}

function kindOf(stats: Stats): string {
  const kinds: readonly (readonly [boolean, string])[] = [
    [stats.isSymbolicLink(), 'a symbolic link'],
    [stats.isDirectory(), 'a folder'],
    [stats.isFIFO(), 'a FIFO'],
    [stats.isSocket(), 'a socket'],
  ];
  return kinds.find(([is]) => is)?.[1] ?? 'a device';
}
