import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file beside its place and renames it, so that it is never half there. */
export function writeWhole(path: string, text: string): void {
  const beside = `${path}.${randomUUID()}.new`;
  try {
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
