/** Takes the place of an intrinsic function that cannot be resolved. */
export class Unresolved {
  /** @param reason the template, the path in it, and the problem at that path */
  constructor(readonly reason: string) {}
}
