/** Thrown when a file is not read or not written. The message continues a sentence that begins with the file's name. */
export class FileError extends Error {
  override readonly name = 'FileError';
  /** Code of the operating system, such as `ENOENT`, or `REFUSED` for a file that this project does not read. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Turns an error of `node:fs` into a FileError. Its message is left out, because it repeats the path. */
export function fileError(error: unknown, verb: 'read' | 'written'): FileError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
  return error instanceof FileError ? error : new FileError(code, `cannot be ${verb} (${code})`);
}
