/** A template that cannot be read as an account; the message names the template and the place in it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(template: string, path: readonly (string | number)[], problem: string) {
    super(`${template}${path.length === 0 ? '' : ` at ${path.join('.')}`}: ${problem}`);
  }
}
