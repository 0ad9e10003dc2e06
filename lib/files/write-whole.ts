import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Writes a file under a temporary name and then renames it, so that nobody ever reads half a file. Every file that a
 * command writes for its user is written here.
 *
 * The temporary name cannot be guessed, and it is only ever created, so that nobody can place a link there that leads
 * the text elsewhere. A link with the final name is replaced, not followed.
 */
export function writeWhole(path: string, text: string): void {
  const temporary = `${path}.${randomUUID()}.new`;
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW } = constants;
  const descriptor = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o666);
  try {
    try {
      writeFileSync(descriptor, text);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
