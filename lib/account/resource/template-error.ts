/** Thrown when a template cannot be read as an account. The message names the template and the path in it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  /** Path in the template. Empty when the template or the assembly as a whole cannot be read. */
  readonly path: readonly (string | number)[];

  constructor(template: string, path: readonly (string | number)[], problem: string) {
    super(`${template}${path.length === 0 ? '' : ` at ${shortened(path.join('.'))}`}: ${shortened(problem)}`);
    this.path = path;
  }
}

/** A template that was made to do harm may have names of a megabyte. */
function shortened(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 999)}…` : text;
}
