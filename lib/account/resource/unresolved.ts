/** Stands where a template has a function that cannot be resolved. */
export class Unresolved {
  /** @param reason the template, the place in it, and what is wrong there */
  constructor(readonly reason: string) {}
}
