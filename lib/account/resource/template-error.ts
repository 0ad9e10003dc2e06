/** A template that cannot be read as an account; the message names the template and the place in it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  /** Place in the template; empty where the template or the assembly as a whole cannot be read. */
  readonly path: readonly (string | number)[];

  constructor(template: string, path: readonly (string | number)[], problem: string) {
    super(`${template}${path.length === 0 ? '' : ` at ${path.join('.')}`}: ${problem}`);
    this.path = path;
  }
}
