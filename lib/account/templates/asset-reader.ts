import { createHash } from 'node:crypto';
import { lstatSync, opendirSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { fileError } from '../../files/file-error';
import { readFile } from '../../files/read-file';
import { TemplateLimit } from '../resource/template-limit';

/**
 * Most bytes and most entries of all assets of an assembly together. An environment has a few functions, each of one file of
 * some 1 MB.
 */
const MAX_BYTES = 48 * 1024 * 1024;
const MAX_ENTRIES = 5000;

/** The CDK CLI packs the mode of a file. A function runs as a user that does not own its code. */
const EVERYBODY_READS = 0o004;

/** Reads the assets of one assembly, within limits for all of them together. */
export class AssetReader {
  private bytes = 0;
  private entries = 0;
  private readonly known = new Map<string, ReadonlyMap<string, string>>();

  /**
   * Returns the SHA-256 of each file of an asset, by its path. A symbolic link, which the CDK CLI would follow, and a file
   * that Lambda could not read have a description in place of the digest, so that they equal no file.
   *
   * @throws TemplateLimit when the assets are too large, or have what is no file
   */
  files(folder: string): ReadonlyMap<string, string> {
    const known = this.known.get(folder);
    if (known !== undefined) {
      return known;
    }
    const files = new Map<string, string>();
    this.visit(folder, '', files);
    this.known.set(folder, files);
    return files;
  }

  private visit(folder: string, path: string, files: Map<string, string>): void {
    const at = join(folder, path);
    let stats: Stats | undefined;
    try {
      stats = lstatSync(at, { throwIfNoEntry: false });
      this.entries += 1;
      this.bytes += stats?.isFile() ? stats.size : 0;
      if (this.entries > MAX_ENTRIES || this.bytes > MAX_BYTES) {
        const most = this.bytes > MAX_BYTES ? `${MAX_BYTES} bytes` : `${MAX_ENTRIES} files`;
        throw new TemplateLimit(folder, [], `the assets have more than ${most}, which is the most that is read`);
      }
      if (stats?.isDirectory()) {
        for (const name of namesIn(at)) {
          this.visit(folder, path === '' ? name : `${path}/${name}`, files);
        }
      } else if (stats?.isSymbolicLink()) {
        files.set(path, 'a symbolic link');
      } else if (stats?.isFile() && (stats.mode & EVERYBODY_READS) === 0) {
        files.set(path, 'a file that only some users may read');
      } else if (stats !== undefined) {
        files.set(path, sha256(readFile(at, { maxBytes: MAX_BYTES, refuseLinks: true })));
      }
    } catch (error) {
      throw error instanceof TemplateLimit ? error : new TemplateLimit(at, [], fileError(error, 'read').message);
    }
  }
}

/** Lists a folder up to one entry more than is allowed, so that a huge one takes no time. */
function namesIn(folder: string): readonly string[] {
  const opened = opendirSync(folder);
  const names: string[] = [];
  try {
    for (let entry = opened.readSync(); entry !== null && names.length <= MAX_ENTRIES; entry = opened.readSync()) {
      names.push(entry.name);
    }
  } finally {
    opened.closeSync();
  }
  return names.sort();
}

export function sha256(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}
