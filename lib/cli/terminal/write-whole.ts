import { randomUUID } from 'node:crypto';
import { renameSync, rmSync, writeFileSync } from 'node:fs';

/** Writes a file under a temporary name and then renames it, so that nobody ever reads half a file. */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}.new`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
